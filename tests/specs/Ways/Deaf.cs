using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Ways;

/// <summary>
/// The separate services with a bus and a backplane that drop everything: the followers' ticks alone carry the state. They come often here, so that the specs are only slower and nothing
/// is said of how much.
/// </summary>
public sealed class DeafFixture : DeploymentFixture
{
    /// <summary>Between two ticks of each follower.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    DeafFixture(DistributedDeployment deployment) : base(deployment) => Distributed = deployment;

    public DeafFixture() : this(new DistributedDeployment(new DeploymentOptions
    {
        Deaf = true,
        LogName = "deaf",
        Instances = new Dictionary<string, int> { [Service.Messages] = 2, [Service.Realtime] = 2 },
        Environment = new Dictionary<string, string?> { ["ChatGenius__FollowInterval"] = Tick.ToString("c") },
    }))
    {
    }

    public DistributedDeployment Distributed { get; }
}

/// <summary>The specs that share one set of deaf services. After all others: what is slow by itself is not to be slowed further.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DeafCollection : ICollectionFixture<DeafFixture>
{
    public const string Name = "deaf";
}
