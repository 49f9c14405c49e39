namespace ChatGenius.Specs.BadInput;

[Collection(HostCollection.Name)]
public sealed class BadInputOnHost(HostFixture fixture) : BadInputSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class BadInputDistributed(DistributedFixture fixture) : BadInputSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class BadInputDeaf(DeafFixture fixture) : BadInputSpecs(fixture);
