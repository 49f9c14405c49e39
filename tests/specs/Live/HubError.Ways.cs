namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class HubErrorOnHost(HostFixture fixture) : HubErrorSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class HubErrorDistributed(DistributedFixture fixture) : HubErrorSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class HubErrorDeaf(DeafFixture fixture) : HubErrorSpecs(fixture);
