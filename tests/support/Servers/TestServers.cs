using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Servers.Docker;
using ChatGenius.TestSupport.Servers.Given;
using ChatGenius.TestSupport.Servers.Installed;

namespace ChatGenius.TestSupport.Servers;

/// <summary>
/// A PostgreSQL, a RabbitMQ and a Redis of the tests' own. Each is looked for in this order: a connection string in the environment
/// (<c>CHATGENIUS_TEST_POSTGRES</c>, an administrator's; <c>CHATGENIUS_TEST_RABBITMQ</c>; <c>CHATGENIUS_TEST_REDIS</c>); a container, where an
/// engine answers and has or gets the image; a program installed on this machine.
/// </summary>
public sealed class TestServers : IAsyncDisposable
{
    TestServers(PostgresServer postgres, IServer rabbitMq, IServer redis) => (Postgres, RabbitMq, Redis) = (postgres, rabbitMq, redis);

    public PostgresServer Postgres { get; }
    public IServer RabbitMq { get; }
    public IServer Redis { get; }

    /// <summary>Starts them side by side.</summary>
    /// <param name="flushes">True for a PostgreSQL that syncs each commit to disk, which costs time that tests need not spend.</param>
    /// <param name="broker">False to leave RabbitMQ out; it can be started later.</param>
    /// <exception cref="ServersMissingException">One is not to be had.</exception>
    public static async Task<TestServers> StartAsync(CancellationToken cancel = default, bool flushes = false, bool broker = true)
    {
        var servers = new TestServers(
            await FindPostgres(flushes),
            await Find("RabbitMQ", "CHATGENIUS_TEST_RABBITMQ", Answers.RabbitMq, Containers.RabbitMq, InstalledRabbitMq.Find),
            await Find("Redis", "CHATGENIUS_TEST_REDIS", Answers.Redis, Containers.Redis, InstalledRedis.Find));
        try
        {
            await Task.WhenAll(servers.Postgres.StartAsync(cancel), broker ? servers.RabbitMq.StartAsync(cancel) : Task.CompletedTask, servers.Redis.StartAsync(cancel));
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a PostgreSQL alone, for tests that need no other.</summary>
    /// <exception cref="ServersMissingException">It is not to be had.</exception>
    public static async Task<PostgresServer> StartPostgresAsync(CancellationToken cancel = default)
    {
        var postgres = await FindPostgres(flushes: false);
        await postgres.StartAsync(cancel);
        return postgres;
    }

    public ValueTask DisposeAsync() => Parts.EndAsync([Postgres, RabbitMq, Redis]);

    static async Task<PostgresServer> FindPostgres(bool flushes) =>
        new(await Find("PostgreSQL", "CHATGENIUS_TEST_POSTGRES", Answers.Postgres, Containers.Postgres, () => InstalledPostgres.Find(flushes)));

    static async Task<IServer> Find(
        string name, string variable, Func<string, CancellationToken, Task> ask, Func<IServer> container, Func<IServer?> installed)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return new GivenServer(name, variable, given, token => ask(given, token));
        if (await DockerEngine.ServesAsync())
            return container();
        return installed() ?? throw new ServersMissingException(
            $"{name} is needed: set {variable}, start Docker, or install it (Debian: apt-get install postgresql rabbitmq-server redis-server; macOS: brew install postgresql rabbitmq redis).");
    }
}
