using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Reactions;
using ChatGenius.Messages.Reading;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatGenius.Messages;

/// <summary>What the messages service owns, and its copies of the memberships that it follows.</summary>
internal abstract class MessagesContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<ReactionRow> Reactions => Set<ReactionRow>();
    public DbSet<ReadRow> Reads => Set<ReadRow>();
    public DbSet<MentionRow> Mentions => Set<MentionRow>();
    public DbSet<ChannelCopy> Channels => Set<ChannelCopy>();
    public DbSet<MemberCopy> Members => Set<MemberCopy>();
    public DbSet<MyChannelCopy> MyChannels => Set<MyChannelCopy>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddOwnedFeeds(Database).AddFollowedFeeds(Database);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MessagesContext).Assembly);
    }
}

/// <summary>The model with SQLite's migrations.</summary>
internal sealed class MessagesSqliteContext(DbContextOptions<MessagesSqliteContext> options) : MessagesContext(options)
{
    public sealed class Factory : IDesignTimeDbContextFactory<MessagesSqliteContext>
    {
        public MessagesSqliteContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<MessagesSqliteContext>().UseSqlite().Options);
    }
}

/// <summary>The model with PostgreSQL's migrations.</summary>
internal sealed class MessagesPostgresContext(DbContextOptions<MessagesPostgresContext> options) : MessagesContext(options)
{
    public sealed class Factory : IDesignTimeDbContextFactory<MessagesPostgresContext>
    {
        public MessagesPostgresContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<MessagesPostgresContext>().UseNpgsql().Options);
    }
}
