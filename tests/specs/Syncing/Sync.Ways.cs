namespace ChatGenius.Specs.Syncing;

[Collection(HostCollection.Name)]
public sealed class SyncOnHost(HostFixture fixture) : SyncSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class SyncDistributed(DistributedFixture fixture) : SyncSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class SyncDeaf(DeafFixture fixture) : SyncSpecs(fixture);
