using ChatGenius.Channels;
using ChatGenius.Hosting.Databases;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatGenius.ChannelsTests;

/// <summary>Which of a service's connections to PostgreSQL does what comes next.</summary>
[Collection(OnPostgres.Name)]
public sealed class KeptConnectionTests(PostgresService service)
{
    const int AtOnce = 6;

    Database<ChannelsContext> Database => service.Get<Database<ChannelsContext>>();

    [Fact]
    public async Task WhoCameBackLast_IsTheNext()
    {
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SleepAsync()));

        var used = new HashSet<int>();
        for (var i = 0; i < 3 * AtOnce; i++)
            used.Add(i % 2 == 0 ? await ReadAsync() : await WriteAsync());

        // What the service does by itself may have had the last one for a moment.
        Assert.InRange(used.Count, 1, 2);
    }

    [Fact]
    public async Task WhereSomethingFailed_NothingIsLeftBehind()
    {
        for (var i = 0; i < AtOnce; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => Database.QueryAsync(_ => "BEGIN; SELECT 1", _ => throw new InvalidOperationException("on purpose"), CancellationToken.None));

        await WriteAsync();
    }

    [Fact]
    public async Task WhenTheServerEndedAll_OneFailsAtMost()
    {
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SleepAsync()));
        await using (var other = new NpgsqlConnection(ConnectionString() + ";Pooling=false"))
        {
            await other.OpenAsync();
            await using var end = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", other);
            Assert.True((long)(await end.ExecuteScalarAsync())! >= AtOnce);
        }

        var failed = 0;
        for (var i = 0; i < AtOnce; i++)
            try
            {
                await ReadAsync();
            }
            catch (Exception ended) when (ended.GetBaseException() is NpgsqlException or IOException)
            {
                failed++;
            }

        Assert.InRange(failed, 0, 1);
    }

    string ConnectionString()
    {
        using var db = Database.Open();
        return db.Database.GetConnectionString()!;
    }

    async Task<int> ReadAsync() => await Database.ReadAsync(db => db.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync(), CancellationToken.None);

    async Task<int> WriteAsync() =>
        await Database.WriteAsync((db, _) => db.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync(), CancellationToken.None);

    Task SleepAsync() => Database.QueryAsync(_ => "SELECT pg_sleep(0.2)", _ => { }, CancellationToken.None);
}
