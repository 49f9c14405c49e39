namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class ListingOnHost(HostFixture fixture) : ListingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ListingDistributed(DistributedFixture fixture) : ListingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ListingDeaf(DeafFixture fixture) : ListingSpecs(fixture);
