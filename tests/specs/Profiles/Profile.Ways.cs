namespace ChatGenius.Specs.Profiles;

[Collection(HostCollection.Name)]
public sealed class ProfileOnHost(HostFixture fixture) : ProfileSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ProfileDistributed(DistributedFixture fixture) : ProfileSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ProfileDeaf(DeafFixture fixture) : ProfileSpecs(fixture);
