namespace ChatGenius.Specs.Posting;

[Collection(HostCollection.Name)]
public sealed class PostingOnHost(HostFixture fixture) : PostingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class PostingDistributed(DistributedFixture fixture) : PostingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class PostingDeaf(DeafFixture fixture) : PostingSpecs(fixture);
