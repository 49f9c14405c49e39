using System.Globalization;
using ChatGenius.Bench.Measuring;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Servers;
using ChatGenius.TestSupport.Waiting;
using Npgsql;

namespace ChatGenius.Bench.Systems;

/// <summary>A chat of others: one program of <c>bench/peers</c> on PostgreSQL and Redis.</summary>
internal abstract class PeerSystem : ChatSystem
{
    TestServers? _servers;
    KeptProcess? _process;
    NpgsqlDataSource? _source;
    Uri? _address;

    public override string? Database => Servers.Postgres.ConnectionString;
    public override IReadOnlyList<ServerPart> Parts => [new("server", Process.ProcessId), new("postgres", Servers.Postgres.ProcessId!.Value), new("redis", Servers.Redis.ProcessId!.Value)];

    /// <summary>Its process.</summary>
    public KeptProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    protected Uri Address => _address ?? throw new InvalidOperationException("It was not started.");
    protected NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("It was not started.");
    TestServers Servers => _servers ?? throw new InvalidOperationException("It was not started.");

    public override async Task StartAsync()
    {
        _servers = await TestServers.StartAsync(flushes: true, broker: false);
        var database = new NpgsqlConnectionStringBuilder(await _servers.Postgres.CreateDatabaseAsync("peer"));
        _source = NpgsqlDataSource.Create(database);
        var port = FreePort.Next();
        _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _process = await KeptProcess.StartAsync(Plan(port, database, _servers.Redis.ConnectionString) with { LogFile = Path.Combine(Repository.Logs, $"{Name}.log") });
        using var http = new HttpClient { BaseAddress = _address };
        await Eventually.Succeeds(async () => (await http.GetAsync("health")).EnsureSuccessStatusCode(), TimeSpan.FromSeconds(60));
    }

    /// <summary>How its program is started.</summary>
    protected abstract ProcessPlan Plan(int port, NpgsqlConnectionStringBuilder database, string redis);

    /// <summary>How a program of ours is started.</summary>
    protected ProcessPlan DotnetPlan(string folder, string assembly, int port, NpgsqlConnectionStringBuilder database, string redis) => new()
    {
        Program = Published.Program(folder, assembly),
        Arguments = ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--Database", database.ConnectionString, "--Redis", redis],
        LogFile = "",
    };

    /// <summary>New ids.</summary>
    protected static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }
}
