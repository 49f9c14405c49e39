namespace ChatGenius.TestSupport.Deployments;

/// <summary>What differs from the defaults.</summary>
public sealed record DeploymentOptions
{
    /// <summary>Settings for every process, in the environment's form (<c>ChatGenius__…</c>).</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Arguments for the one-process host.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How many processes of a service; one where nothing is said. The host knows no instances.</summary>
    public IReadOnlyDictionary<string, int> Instances { get; init; } = new Dictionary<string, int>();

    /// <summary>True to lead every connection between clients, processes and servers through a link whose faults are switched; see <see cref="DistributedDeployment.Hops"/>.</summary>
    public bool ProxiedHops { get; init; }

    /// <summary>True to have the broker and the cache carry nothing, while they look well; see <see cref="DistributedDeployment.Deaf"/>. The host has neither.</summary>
    public bool Deaf { get; init; }

    /// <summary>True for a PostgreSQL that syncs each commit to disk, as one that holds data does.</summary>
    public bool FlushesToDisk { get; init; }

    /// <summary>Where a program is, by its project's folder and its assembly's name: an assembly, or a program that brings its own runtime. What was built here where nothing is said.</summary>
    public Func<string, string, string> Program { get; init; } = Repository.Program;

    /// <summary>Names the folder of the logs, so that deployments of one test project do not share it.</summary>
    public string? LogName { get; init; }
}
