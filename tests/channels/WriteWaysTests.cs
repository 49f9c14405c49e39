using System.Collections.Concurrent;
using System.Diagnostics;
using ChatGenius.Channels;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Feeds;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatGenius.ChannelsTests;

/// <summary>How a change of feeds goes to PostgreSQL: what it has to know with the lock, what it stores with the commit.</summary>
[Collection(OnPostgres.Name)]
public sealed class WriteWaysTests(PostgresService service)
{
    readonly FeedName _feed = FeedName.Members(Guid.CreateVersion7());
    readonly Guid _user = Guid.CreateVersion7();

    FeedWriter<ChannelsContext> Writer => service.Get<FeedWriter<ChannelsContext>>();

    Database<ChannelsContext> Database => service.Get<Database<ChannelsContext>>();

    [Fact]
    public async Task WhatIsAsked_IsWhatWasCommitted_WhenTheFeedWasLocked()
    {
        await MakeFeedAsync();
        var (locked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = Writer.WriteAsync([_feed], async transaction =>
        {
            transaction.Db.Add(new KnownUserRow { Id = _user, Active = true });
            locked.SetResult();
            await go.Task;
            return true;
        }, CancellationToken.None);
        await locked.Task;

        var second = Writer.WriteAsync([_feed], AskForUser, (_, known) => Task.FromResult(known.Count), CancellationToken.None);
        await Eventually.Succeeds(async () => Assert.NotEqual(0, await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")));
        go.SetResult();

        Assert.True(await first);
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task AChange_IsTwoWaysThereAndBack()
    {
        await MakeFeedAsync();
        var ways = new ConcurrentQueue<string>();
        using var request = new Activity("request").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = way =>
            {
                if (way.TraceId == request.TraceId)
                    ways.Enqueue($"{way.GetTagItem("db.query.text") ?? way.GetTagItem("db.statement")}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        await Writer.WriteAsync([_feed], AskForUser, (transaction, known) =>
        {
            Assert.Empty(known);
            Store(transaction.Last, _user);
            return Task.FromResult(transaction.NextRevision(_feed));
        }, CancellationToken.None);

        Assert.Collection(ways, first => Assert.Matches("(?s)FOR UPDATE.*known_users", first), last => Assert.Matches("(?s)INSERT INTO known_users.*UPDATE feeds.*COMMIT", last));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM known_users WHERE id = '{_user}'"));
    }

    [Fact]
    public async Task WhenAStatementBeforeTheCommitFails_NothingIsCommitted()
    {
        var other = Guid.CreateVersion7();

        var failure = await Assert.ThrowsAsync<PostgresException>(() => Database.WriteAsync(async (db, _, last) =>
        {
            db.Add(new KnownUserRow { Id = _user, Active = true });
            Store(last, other);
            Store(last, _user);
            return await db.SaveChangesAsync();
        }, CancellationToken.None));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, failure.SqlState);
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM known_users WHERE id IN ('{_user}', '{other}')"));
    }

    Task<bool> MakeFeedAsync() => Writer.WriteAsync([_feed], _ => Task.FromResult(true), CancellationToken.None);

    List<Guid> AskForUser(Statements statements)
    {
        var known = new List<Guid>();
        statements.Ask(command => $"SELECT id FROM known_users WHERE id = {command.Parameter(_user)}", row => known.Add(row.GetGuid(0)));
        return known;
    }

    static void Store(Statements last, Guid user) => last.Store(values => $"INSERT INTO known_users (id, active) {values}", new[] { user }, new[] { true });

    // On a connection of its own, which sees what is committed.
    async Task<long> CountAsync(string query)
    {
        await using var db = Database.Open();
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
