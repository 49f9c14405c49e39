using ChatGenius.TestSupport.Servers;

namespace ChatGenius.ChannelsTests;

/// <summary>The service on SQLite, in a folder of its own.</summary>
public sealed class SqliteService : ChannelsService
{
    protected override Task<string> PostgresAsync() => Task.FromResult("");
}

/// <summary>The service on a PostgreSQL of the tests' own.</summary>
public sealed class PostgresService : ChannelsService
{
    PostgresServer _server = null!;

    protected override async Task<string> PostgresAsync()
    {
        _server = await TestServers.StartPostgresAsync();
        return await _server.CreateDatabaseAsync("channels");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<SqliteService>
{
    public const string Name = "on SQLite";
}

[CollectionDefinition(Name)]
public sealed class OnPostgres : ICollectionFixture<PostgresService>
{
    public const string Name = "on PostgreSQL";
}

[Collection(OnSqlite.Name)]
public sealed class CreatingOnSqlite(SqliteService service) : CreatingTests(service);

[Collection(OnPostgres.Name)]
public sealed class CreatingOnPostgres(PostgresService service) : CreatingTests(service);

[Collection(OnSqlite.Name)]
public sealed class MembershipOnSqlite(SqliteService service) : MembershipTests(service);

[Collection(OnPostgres.Name)]
public sealed class MembershipOnPostgres(PostgresService service) : MembershipTests(service);

[Collection(OnSqlite.Name)]
public sealed class ChangingOnSqlite(SqliteService service) : ChangingTests(service);

[Collection(OnPostgres.Name)]
public sealed class ChangingOnPostgres(PostgresService service) : ChangingTests(service);

[Collection(OnSqlite.Name)]
public sealed class FeedOnSqlite(SqliteService service) : FeedTests(service);

[Collection(OnPostgres.Name)]
public sealed class FeedOnPostgres(PostgresService service) : FeedTests(service);
