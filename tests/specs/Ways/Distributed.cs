using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Ways;

/// <summary>The separate services, with two processes of those that share load: what one accepts, the other must deliver.</summary>
public sealed class DistributedFixture() : DeploymentFixture(new DistributedDeployment(new DeploymentOptions
{
    Instances = new Dictionary<string, int> { [Service.Messages] = 2, [Service.Realtime] = 2 },
}));

/// <summary>The specs that share one set of services.</summary>
[CollectionDefinition(Name)]
public sealed class DistributedCollection : ICollectionFixture<DistributedFixture>
{
    public const string Name = "distributed";
}
