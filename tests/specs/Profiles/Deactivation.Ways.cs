namespace ChatGenius.Specs.Profiles;

[Collection(HostCollection.Name)]
public sealed class DeactivationOnHost(HostFixture fixture) : DeactivationSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class DeactivationDistributed(DistributedFixture fixture) : DeactivationSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class DeactivationDeaf(DeafFixture fixture) : DeactivationSpecs(fixture);
