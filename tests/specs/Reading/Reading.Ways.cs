namespace ChatGenius.Specs.Reading;

[Collection(HostCollection.Name)]
public sealed class ReadingOnHost(HostFixture fixture) : ReadingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ReadingDistributed(DistributedFixture fixture) : ReadingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ReadingDeaf(DeafFixture fixture) : ReadingSpecs(fixture);
