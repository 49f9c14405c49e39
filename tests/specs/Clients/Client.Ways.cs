using ChatGenius.Specs.Ways;

namespace ChatGenius.Specs.Clients;

[Collection(HostCollection.Name)]
public sealed class ClientOnHost(HostFixture fixture) : ClientSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ClientDistributed(DistributedFixture fixture) : ClientSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ClientDeaf(DeafFixture fixture) : ClientSpecs(fixture);
