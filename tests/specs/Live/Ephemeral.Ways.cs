namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class EphemeralOnHost(HostFixture fixture) : EphemeralSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class EphemeralDistributed(DistributedFixture fixture) : EphemeralSpecs(fixture);
