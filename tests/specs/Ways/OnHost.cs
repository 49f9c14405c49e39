using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Ways;

/// <summary>The one-process host.</summary>
public sealed class HostFixture() : DeploymentFixture(new HostDeployment());

/// <summary>The specs that share one host.</summary>
[CollectionDefinition(Name)]
public sealed class HostCollection : ICollectionFixture<HostFixture>
{
    public const string Name = "host";
}
