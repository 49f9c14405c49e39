namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class CreatingOnHost(HostFixture fixture) : CreatingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class CreatingDistributed(DistributedFixture fixture) : CreatingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class CreatingDeaf(DeafFixture fixture) : CreatingSpecs(fixture);
