namespace ChatGenius.TestSupport.Servers;

/// <summary>A real server that tests use. Its address and its data stay the same over a stop and a start.</summary>
public interface IServer : IAsyncDisposable
{
    /// <summary><c>PostgreSQL</c>, <c>RabbitMQ</c> or <c>Redis</c>.</summary>
    string Name { get; }

    /// <summary>Where it came from: <c>environment</c>, <c>Docker</c> or <c>installed</c>.</summary>
    string Origin { get; }

    /// <summary>Npgsql's form, an amqp address, or <c>host:port</c>.</summary>
    string ConnectionString { get; }

    /// <summary>False for a server given by the environment: it belongs to someone else and is never stopped.</summary>
    bool CanBeStopped { get; }

    /// <summary>The id of its first process, for measuring it; null where it runs elsewhere.</summary>
    int? ProcessId => null;

    /// <summary>Starts it and waits until it answers.</summary>
    Task StartAsync(CancellationToken cancel = default);

    /// <summary>Stops it in good order.</summary>
    Task StopAsync();

    /// <summary>Ends it as a crash would; nothing is flushed.</summary>
    Task KillAsync();
}

/// <summary>What every server can do by what it can do.</summary>
public static class ServerRestart
{
    /// <summary>Stops a server and starts it again.</summary>
    public static async Task RestartAsync(this IServer server, CancellationToken cancel = default)
    {
        await server.StopAsync();
        await server.StartAsync(cancel);
    }
}
