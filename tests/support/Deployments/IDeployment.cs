namespace ChatGenius.TestSupport.Deployments;

/// <summary>ChatGenius running as processes of its own, in one of its two ways.</summary>
public interface IDeployment : IAsyncDisposable
{
    /// <summary><c>host</c> or <c>distributed</c>.</summary>
    string Name { get; }

    /// <summary>The one public address, the host's or the gateway's.</summary>
    Uri BaseAddress { get; }

    /// <summary>Every process of it.</summary>
    IReadOnlyList<ServiceProcess> Processes { get; }

    /// <summary>Starts everything and waits until every process says that it is ready, 120 s at most.</summary>
    /// <exception cref="DeploymentFailedException">It is not; the message holds the end of the log of the process concerned.</exception>
    Task StartAsync(CancellationToken cancel = default);

    /// <summary>The process in which a service runs: <see cref="Service"/>. In the one-process host that is always the host.</summary>
    ServiceProcess Of(string service, int instance = 0);
}

/// <summary>The names of the services.</summary>
public static class Service
{
    public const string Identity = "identity";
    public const string Channels = "channels";
    public const string Messages = "messages";
    public const string Realtime = "realtime";
    public const string Gateway = "gateway";
    public const string Host = "host";
}

/// <summary>A deployment did not come up.</summary>
public sealed class DeploymentFailedException(string message) : Exception(message);
