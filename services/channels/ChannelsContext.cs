using ChatGenius.Channels.Creating;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Channels.Members;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatGenius.Channels;

/// <summary>The service's own database.</summary>
internal abstract class ChannelsContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ChannelRow> Channels => Set<ChannelRow>();
    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();
    public DbSet<CreationRow> Creations => Set<CreationRow>();
    public DbSet<KnownUserRow> KnownUsers => Set<KnownUserRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .AddOwnedFeeds(Database)
        .AddFollowedFeeds(Database)
        .ApplyConfiguration(new ChannelRow.Configuration())
        .ApplyConfiguration(new MembershipRow.Configuration())
        .ApplyConfiguration(new CreationRow.Configuration())
        .ApplyConfiguration(new KnownUserRow.Configuration());
}

/// <summary>The model with SQLite's migrations.</summary>
internal sealed class SqliteChannelsContext(DbContextOptions<SqliteChannelsContext> options) : ChannelsContext(options)
{
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteChannelsContext>
    {
        public SqliteChannelsContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteChannelsContext>().UseSqlite("Data Source=:memory:").Options);
    }
}

/// <summary>The model with PostgreSQL's migrations.</summary>
internal sealed class PostgresChannelsContext(DbContextOptions<PostgresChannelsContext> options) : ChannelsContext(options)
{
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresChannelsContext>
    {
        public PostgresChannelsContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresChannelsContext>().UseNpgsql("Host=localhost").Options);
    }
}
