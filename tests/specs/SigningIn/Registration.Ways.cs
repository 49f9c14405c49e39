namespace ChatGenius.Specs.SigningIn;

[Collection(HostCollection.Name)]
public sealed class RegistrationOnHost(HostFixture fixture) : RegistrationSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class RegistrationDistributed(DistributedFixture fixture) : RegistrationSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class RegistrationDeaf(DeafFixture fixture) : RegistrationSpecs(fixture);
