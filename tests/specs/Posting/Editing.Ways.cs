namespace ChatGenius.Specs.Posting;

[Collection(HostCollection.Name)]
public sealed class EditingOnHost(HostFixture fixture) : EditingSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class EditingDistributed(DistributedFixture fixture) : EditingSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class EditingDeaf(DeafFixture fixture) : EditingSpecs(fixture);
