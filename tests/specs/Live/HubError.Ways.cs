namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class HubErrorOnHost(HostFixture fixture) : HubErrorSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class HubErrorDistributed(DistributedFixture fixture) : HubErrorSpecs(fixture);
