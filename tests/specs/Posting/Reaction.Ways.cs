namespace ChatGenius.Specs.Posting;

[Collection(HostCollection.Name)]
public sealed class ReactionOnHost(HostFixture fixture) : ReactionSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class ReactionDistributed(DistributedFixture fixture) : ReactionSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class ReactionDeaf(DeafFixture fixture) : ReactionSpecs(fixture);
