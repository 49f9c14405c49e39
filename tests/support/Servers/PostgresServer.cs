using System.Security.Cryptography;
using Npgsql;

namespace ChatGenius.TestSupport.Servers;

/// <summary>A PostgreSQL server, with databases that come and go with the tests.</summary>
/// <param name="server">The server; its connection string is an administrator's.</param>
public sealed class PostgresServer(IServer server) : IServer
{
    // A server given by the environment may hold other runs' databases.
    readonly string _run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    readonly List<string> _databases = [];

    public string Name => server.Name;
    public string Origin => server.Origin;
    public string ConnectionString => server.ConnectionString;
    public bool CanBeStopped => server.CanBeStopped;
    public int? ProcessId => server.ProcessId;

    public Task StartAsync(CancellationToken cancel = default) => server.StartAsync(cancel);
    public Task StopAsync() => server.StopAsync();
    public Task KillAsync() => server.KillAsync();

    /// <summary>Makes an empty database and a user that owns it and nothing else.</summary>
    /// <returns>That user's connection string; its pool holds at most 20 connections.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancel = default)
    {
        var database = NameOf(name);
        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        await ExecuteAsync($"create role \"{database}\" login password '{password}'", cancel);
        await ExecuteAsync($"grant \"{database}\" to current_user", cancel);
        await ExecuteAsync($"create database \"{database}\" owner \"{database}\" encoding 'UTF8' template template0", cancel);
        _databases.Add(database);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, Username = database, Password = password, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>An administrator's connection string to a database that <see cref="CreateDatabaseAsync"/> made.</summary>
    public string ConnectionStringOf(string name) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = NameOf(name) }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (!CanBeStopped)
        {
            foreach (var database in _databases)
            {
                await ExecuteAsync($"drop database if exists \"{database}\" with (force)", CancellationToken.None);
                await ExecuteAsync($"drop role if exists \"{database}\"", CancellationToken.None);
            }
        }
        await server.DisposeAsync();
    }

    string NameOf(string name) => $"test_{_run}_{name}";

    async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
