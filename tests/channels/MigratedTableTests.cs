using ChatGenius.Channels;
using ChatGenius.Hosting.Databases;
using Microsoft.EntityFrameworkCore;

namespace ChatGenius.ChannelsTests;

/// <summary>An instance that goes on while a newer one changes the tables under the statements that it has prepared.</summary>
[Collection(OnPostgres.Name)]
public sealed class MigratedTableTests(PostgresService service)
{
    const int AtOnce = 8, Rounds = 6;

    static readonly string[] s_thereAndBack = ["ALTER TABLE feeds ALTER COLUMN id TYPE text COLLATE \"default\"", "ALTER TABLE feeds ALTER COLUMN id TYPE text COLLATE \"C\""];

    [Fact]
    public async Task Requests_WhenAColumnChangedUnderPreparedStatements_AreAnswered()
    {
        var ann = service.NewPerson();
        var channel = await ann.NewChannelAsync();
        for (var round = 0; round < Rounds; round++)
            await AllAtOnceAsync(ann, channel.Id);

        foreach (var migration in s_thereAndBack)
        {
            await using (var db = service.Get<Database<ChannelsContext>>().Open())
                await db.Database.ExecuteSqlRawAsync(migration);
            await AllAtOnceAsync(ann, channel.Id);
            await AllAtOnceAsync(ann, channel.Id);
        }
    }

    // A statement is prepared when a connection has run it five times, and so many at once take as many connections.
    static async Task AllAtOnceAsync(Person ann, Guid channel)
    {
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => ann.ChangeAsync(channel, new { topic = $"topic {i}" }))))
            answer.Is(HttpStatusCode.OK);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => ann.GetAsync($"channels/{channel}/members"))))
            answer.Is(HttpStatusCode.OK);
    }
}
