namespace ChatGenius.Specs.Posting;

[Collection(HostCollection.Name)]
public sealed class ThreadOnHost(HostFixture fixture) : ThreadSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ThreadDistributed(DistributedFixture fixture) : ThreadSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ThreadDeaf(DeafFixture fixture) : ThreadSpecs(fixture);
