namespace ChatGenius.Specs.SigningIn;

[Collection(HostCollection.Name)]
public sealed class SignInOnHost(HostFixture fixture) : SignInSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class SignInDistributed(DistributedFixture fixture) : SignInSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class SignInDeaf(DeafFixture fixture) : SignInSpecs(fixture);
