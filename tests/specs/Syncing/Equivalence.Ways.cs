namespace ChatGenius.Specs.Syncing;

[Collection(HostCollection.Name)]
public sealed class EquivalenceOnHost(HostFixture fixture) : EquivalenceSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class EquivalenceDistributed(DistributedFixture fixture) : EquivalenceSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class EquivalenceDeaf(DeafFixture fixture) : EquivalenceSpecs(fixture);
