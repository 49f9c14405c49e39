namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class DeliveryOnHost(HostFixture fixture) : DeliverySpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class DeliveryDistributed(DistributedFixture fixture) : DeliverySpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class DeliveryDeaf(DeafFixture fixture) : DeliverySpecs(fixture);
