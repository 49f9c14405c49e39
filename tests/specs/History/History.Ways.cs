namespace ChatGenius.Specs.History;

[Collection(HostCollection.Name)]
public sealed class HistoryOnHost(HostFixture fixture) : HistorySpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class HistoryDistributed(DistributedFixture fixture) : HistorySpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class HistoryDeaf(DeafFixture fixture) : HistorySpecs(fixture);
