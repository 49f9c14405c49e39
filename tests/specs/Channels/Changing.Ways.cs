namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class ChangingOnHost(HostFixture fixture) : ChangingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ChangingDistributed(DistributedFixture fixture) : ChangingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ChangingDeaf(DeafFixture fixture) : ChangingSpecs(fixture);
