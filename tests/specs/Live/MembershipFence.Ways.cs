namespace ChatGenius.Specs.Live;

[Collection(HostCollection.Name)]
public sealed class MembershipFenceOnHost(HostFixture fixture) : MembershipFenceSpecs(fixture);

[Collection(DistributedCollection.Name)]
public sealed class MembershipFenceDistributed(DistributedFixture fixture) : MembershipFenceSpecs(fixture);

[Collection(DeafCollection.Name)]
public sealed class MembershipFenceDeaf(DeafFixture fixture) : MembershipFenceSpecs(fixture);
