using ChatGenius.TestSupport.Servers;
using ChatGenius.TestSupport.Waiting;
using Npgsql;

namespace ChatGenius.Specs.Surroundings;

/// <summary>One set of servers for these specs.</summary>
public sealed class ServersFixture : IAsyncLifetime
{
    TestServers? _servers;

    public TestServers Servers => _servers ?? throw new InvalidOperationException("The servers were not started.");

    public async Task InitializeAsync() => _servers = await TestServers.StartAsync();
    public async Task DisposeAsync() => await (_servers?.DisposeAsync() ?? ValueTask.CompletedTask);
}

public sealed class ServersSpecs(ServersFixture fixture) : IClassFixture<ServersFixture>
{
    readonly TestServers _servers = fixture.Servers;

    [Fact]
    public async Task Database_BelongsToItsUserAlone()
    {
        var mine = await _servers.Postgres.CreateDatabaseAsync("mine");
        await using var source = NpgsqlDataSource.Create(mine);
        await using var command = source.CreateCommand("create table t (n int); insert into t values (1); select count(*) from t");
        Assert.Equal(1L, await command.ExecuteScalarAsync());
        await using var escalation = source.CreateCommand("create role intruder");
        await Assert.ThrowsAsync<PostgresException>(() => escalation.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task Servers_StoppedKilledAndStarted_AnswerAtTheSamePlaceWithTheSameData()
    {
        if (!_servers.Postgres.CanBeStopped || !_servers.RabbitMq.CanBeStopped || !_servers.Redis.CanBeStopped)
            return;
        var database = await _servers.Postgres.CreateDatabaseAsync("kept");
        await ExecuteAsync(database, "create table t (n int)");
        IServer[] servers = [_servers.Postgres, _servers.RabbitMq, _servers.Redis];

        await Task.WhenAll(servers.Select(async server =>
        {
            await server.RestartAsync();
            await server.KillAsync();
            await server.StartAsync();
        }));

        await Eventually.Succeeds(() => ExecuteAsync(database, "insert into t values (1)"));
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
