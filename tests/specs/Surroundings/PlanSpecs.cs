using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Npgsql;

namespace ChatGenius.Specs.Surroundings;

/// <summary>What PostgreSQL does for a service: the plans that it keeps from when tables were empty read no table that grows, and names are not compared by the rules of a language.</summary>
[Collection(DistributedCollection.Name)]
public sealed class PlanSpecs(DistributedFixture fixture)
{
    const int Parts = 6, PartSize = 10;
    static readonly string[] s_growing = ["messages", "reads", "feeds", "member_copies", "channel_copies", "followed_feeds"];

    [Fact]
    public async Task Post_OnTablesThatBeganEmpty_ReadsNoTableWhole()
    {
        var ann = await fixture.PersonAsync("plan-ann");
        var channel = await ann.CreateChannelAsync();
        await ann.PostAsync(channel, "the first");
        await using var source = NpgsqlDataSource.Create(((DistributedDeployment)fixture.Deployment).Servers.Postgres.ConnectionStringOf(Service.Messages));
        var before = await ScansAsync(source);

        for (var part = 0; part < Parts; part++)
            await Task.WhenAll(Enumerable.Range(0, PartSize).Select(i => ann.PostAsync(channel, $"no. {i} of {part}")));

        // Sessions tell their counts late, and what one transaction did all at once.
        await Eventually.Succeeds(async () => Assert.True((await ScansAsync(source))["messages"].Stored >= before["messages"].Stored + (Parts * PartSize)));
        var after = await ScansAsync(source);
        foreach (var table in s_growing)
            Assert.True(after[table].Whole == before[table].Whole, $"{after[table].Whole - before[table].Whole} rows of {table} were read by going through it.");
    }

    [Theory]
    [InlineData(Service.Identity, 1)]
    [InlineData(Service.Channels, 2)]
    [InlineData(Service.Messages, 2)]
    public async Task NamesOfFeeds_WhateverTheLanguageOfTheDatabase_AreComparedAsBytes(string service, int tables)
    {
        await using var source = NpgsqlDataSource.Create(((DistributedDeployment)fixture.Deployment).Servers.Postgres.ConnectionStringOf(service));
        await using var command = source.CreateCommand("select count(*) from information_schema.columns where table_name in ('feeds', 'followed_feeds') and column_name = 'id' and collation_name = 'C'");
        Assert.Equal((long)tables, await command.ExecuteScalarAsync());
    }

    static async Task<Dictionary<string, (long Whole, long Stored)>> ScansAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select relname, seq_tup_read, n_tup_ins from pg_stat_user_tables where relname = any($1)");
        command.Parameters.AddWithValue(s_growing);
        await using var rows = await command.ExecuteReaderAsync();
        var scans = new Dictionary<string, (long, long)>();
        while (await rows.ReadAsync())
            scans.Add(rows.GetString(0), (rows.GetInt64(1), rows.GetInt64(2)));
        Assert.Equal(s_growing.Length, scans.Count);
        return scans;
    }
}
