namespace ChatGenius.Specs.History;

[Collection(HostCollection.Name)]
public sealed class HistoryOnHost(HostFixture fixture) : HistorySpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class HistoryDistributed(DistributedFixture fixture) : HistorySpecs(fixture);
