namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class DirectOnHost(HostFixture fixture) : DirectSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class DirectDistributed(DistributedFixture fixture) : DirectSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class DirectDeaf(DeafFixture fixture) : DirectSpecs(fixture);
