namespace ChatGenius.Specs.SigningIn;

[Collection(HostCollection.Name)]
public sealed class TokenMistakeOnHost(HostFixture fixture) : TokenMistakeSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class TokenMistakeDistributed(DistributedFixture fixture) : TokenMistakeSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class TokenMistakeDeaf(DeafFixture fixture) : TokenMistakeSpecs(fixture);
