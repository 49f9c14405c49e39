namespace ChatGenius.Specs.Channels;

[Collection(HostCollection.Name)]
public sealed class MembershipOnHost(HostFixture fixture) : MembershipSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class MembershipDistributed(DistributedFixture fixture) : MembershipSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class MembershipDeaf(DeafFixture fixture) : MembershipSpecs(fixture);
