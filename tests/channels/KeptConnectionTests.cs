using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using ChatGenius.Channels;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Hosting.Databases;
using ChatGenius.TestSupport.Stepping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace ChatGenius.ChannelsTests;

/// <summary>Which of a service's connections to PostgreSQL does the next query or write, and what becomes of the others.</summary>
[Collection(OnPostgres.Name)]
public sealed class KeptConnectionTests : IAsyncLifetime
{
    const int AtOnce = 6, Keeps = 4;

    readonly StepTime _time = new();
    readonly ConcurrentDictionary<DbConnection, bool> _connections = new();
    readonly Database<ChannelsContext> _database;

    public KeptConnectionTests(PostgresService service)
    {
        // Of its own, as a service has one: the service beside it would do its work on connections that came from here, and they would be counted.
        var pooled = new PooledDbContextFactory<PostgresChannelsContext>(service.Get<DbContextOptions<PostgresChannelsContext>>());
        _database = new Database<ChannelsContext>("channels", isSqlite: false, Open, 2 * Keeps, _time);

        ChannelsContext Open()
        {
            var context = pooled.CreateDbContext();
            _connections[context.Database.GetDbConnection()] = true;
            return context;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _database.Dispose();
        Assert.Equal(0, Kept);
        return Task.CompletedTask;
    }

    int Kept => _connections.Keys.Count(connection => connection.State == ConnectionState.Open);

    [Fact]
    public async Task WhoCameBackLast_IsTheNext()
    {
        await ManyAsync();

        var used = new HashSet<int>();
        for (var i = 0; i < 3 * AtOnce; i++)
            used.Add(await OneAsync());

        Assert.Single(used);
        Assert.Equal(Keeps, Kept);
    }

    [Fact]
    public async Task WhoCameBackLast_DoesTheNextWrite()
    {
        await ManyAsync();

        var used = new HashSet<int>();
        for (var i = 0; i < 3 * AtOnce; i++)
        {
            used.Add(await WriteOneAsync());
            used.Add(await OneAsync());
        }

        Assert.Single(used);
        Assert.Equal(Keeps, Kept);
    }

    [Fact]
    public async Task AWrite_FindsNothingOfTheOneBefore()
    {
        var first = await WriteAsync(context =>
        {
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            context.Attach(new KnownUserRow { Id = Guid.CreateVersion7(), Active = true });
            return context;
        });

        var tracked = await WriteAsync(context => (context, Tracked: context.ChangeTracker.Entries().Count(), context.ChangeTracker.QueryTrackingBehavior));

        Assert.Equal((first, 0, QueryTrackingBehavior.NoTracking), tracked);
    }

    [Fact]
    public async Task AWriteThatFailed_IsNotKept_AndIsUndone()
    {
        var user = Guid.CreateVersion7();
        await Assert.ThrowsAsync<InvalidDataException>(() => WriteAsync<int>(context =>
        {
            context.Add(new KnownUserRow { Id = user, Active = true });
            context.SaveChanges();
            throw new InvalidDataException();
        }));

        Assert.Equal(0, Kept);
        Assert.False(await WriteAsync(context => context.KnownUsers.Any(u => u.Id == user)));
    }

    [Fact]
    public async Task WhoFailed_IsNotKept()
    {
        await ManyAsync();

        var failure = await Assert.ThrowsAsync<PostgresException>(() => _database.QueryAsync(_ => "SELECT 1 / 0", _ => { }, CancellationToken.None));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, failure.SqlState);
        await Assert.ThrowsAsync<InvalidDataException>(() => _database.QueryAsync(_ => "SELECT 1", _ => throw new InvalidDataException(), CancellationToken.None));

        Assert.Equal(Keeps - 2, Kept);
    }

    [Fact]
    public async Task WhoIsIdleForLong_IsLetGo_WhileOthersWork()
    {
        await ManyAsync();

        for (var i = 0; i < Keeps + 2; i++)
        {
            Pass(KeptContexts<ChannelsContext>.LongestIdle / 2);
            await OneAsync();
        }

        Assert.Equal(1, Kept);
    }

    [Fact]
    public async Task AfterASilence_NobodyIsTaken()
    {
        await ManyAsync();
        Pass(KeptContexts<ChannelsContext>.LongestIdle + TimeSpan.FromSeconds(1));

        await OneAsync();

        Assert.Equal(1, Kept);
    }

    [Fact]
    public async Task WhenTheServerEndedAll_OneFailsAtMost()
    {
        // Not those of the service, which other tests use next.
        var used = await ManyAsync();
        await using (var db = _database.Open())
        {
            await using var other = new NpgsqlConnection(db.Database.GetConnectionString() + ";Pooling=false");
            await other.OpenAsync();
            await using var end = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM unnest($1) pid", other) { Parameters = { new() { Value = used } } };
            Assert.Equal((long)AtOnce, await end.ExecuteScalarAsync());
        }

        var failed = 0;
        for (var i = 0; i < AtOnce; i++)
            try
            {
                await OneAsync();
            }
            catch (Exception ended) when (ended.GetBaseException() is NpgsqlException or IOException)
            {
                failed++;
            }

        Assert.InRange(failed, 0, 1);
    }

    // Who does not, and asks for something that needs another connection, waits for others who do the same, with all connections there may be.
    [Fact]
    public async Task BetweenItsQueries_AContextHoldsNoConnection_WhateverItDidBefore()
    {
        await _database.ReadAsync(context => context.KnownUsers.AnyAsync(), CancellationToken.None);
        await WriteOneAsync();
        await ManyAsync();
        _database.Dispose();

        var contexts = Enumerable.Range(0, 2 * AtOnce).Select(_ => _database.Open()).ToList();
        foreach (var context in contexts)
            await context.KnownUsers.AnyAsync();

        var held = contexts.Count(context => context.Database.GetDbConnection().State != ConnectionState.Closed);
        foreach (var context in contexts)
            await context.DisposeAsync();
        Assert.Equal(0, held);
    }

    [Fact]
    public async Task WhoWaitsForAConnection_HasOne_HoweverManyOthersWork()
    {
        const int Workers = 60, Enough = 10_000;
        var (begun, served) = (0, false);
        var working = Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)).ToList();
        await Eventually.True(() => Volatile.Read(ref begun) > 5 * Workers);

        await _database.ReadAsync(context => context.KnownUsers.AnyAsync(), CancellationToken.None);

        Assert.True(Volatile.Read(ref begun) < Enough);
        Volatile.Write(ref served, true);
        await Task.WhenAll(working);

        async Task WorkAsync()
        {
            while (!Volatile.Read(ref served) && Interlocked.Increment(ref begun) < Enough)
                await OneAsync();
        }
    }

    void Pass(TimeSpan time) => _time.MoveTo(_time.Elapsed + time);

    Task<int[]> ManyAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OneAsync("SELECT pg_backend_pid() FROM pg_sleep(0.2)")));

    Task<T> WriteAsync<T>(Func<ChannelsContext, T> body) => _database.WriteAsync((context, _) => Task.FromResult(body(context)), CancellationToken.None);

    Task<int> WriteOneAsync() => WriteAsync(context => context.Database.SqlQueryRaw<int>("SELECT pg_backend_pid() AS \"Value\"").Single());

    async Task<int> OneAsync(string statement = "SELECT pg_backend_pid()")
    {
        var used = 0;
        await _database.QueryAsync(_ => statement, row => used = row.GetInt32(0), CancellationToken.None);
        return used;
    }
}
