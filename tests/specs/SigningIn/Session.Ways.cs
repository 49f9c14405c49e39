namespace ChatGenius.Specs.SigningIn;

[Collection(HostCollection.Name)]
public sealed class SessionOnHost(HostFixture fixture) : SessionSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class SessionDistributed(DistributedFixture fixture) : SessionSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class SessionDeaf(DeafFixture fixture) : SessionSpecs(fixture);
