namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class SessionEndOnHost(HostFixture fixture) : SessionEndSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class SessionEndDistributed(DistributedFixture fixture) : SessionEndSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class SessionEndDeaf(DeafFixture fixture) : SessionEndSpecs(fixture);
