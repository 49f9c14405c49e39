namespace ChatGenius.Specs.Edge;

[Collection(HostCollection.Name)]
public sealed class EdgeOnHost(HostFixture fixture) : EdgeSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class EdgeDistributed(DistributedFixture fixture) : EdgeSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class EdgeDeaf(DeafFixture fixture) : EdgeSpecs(fixture);
