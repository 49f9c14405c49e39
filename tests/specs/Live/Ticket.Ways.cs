namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class TicketOnHost(HostFixture fixture) : TicketSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class TicketDistributed(DistributedFixture fixture) : TicketSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class TicketDeaf(DeafFixture fixture) : TicketSpecs(fixture);
