namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class DirectOnHost(HostFixture fixture) : DirectSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class DirectDistributed(DistributedFixture fixture) : DirectSpecs(fixture);
