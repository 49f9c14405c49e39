using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Hosting.Feeds;

/// <summary>An owned feed: one row, locked first by every transaction that changes the feed.</summary>
public sealed class FeedRow
{
    public required string Id { get; init; }
    public required FeedKind Kind { get; init; }

    /// <summary><see cref="FeedShard.Of"/> the id.</summary>
    public required int Shard { get; init; }
    public long Head { get; set; }

    /// <summary>The last seq given out; only messages feeds count.</summary>
    public long LastSeq { get; set; }
}

/// <summary>The owner's epoch and what its database is, in the one row there is.</summary>
public sealed class OwnerRow
{
    public int Id { get; init; } = 1;
    public long Epoch { get; set; }

    /// <summary>What the database is; a restore changes it.</summary>
    public string Identity { get; set; } = "";
}

/// <summary>Where a follower stands in another service's feed.</summary>
public sealed class FollowedFeedRow
{
    public required string Id { get; init; }
    public required FeedKind Kind { get; init; }
    public required int Shard { get; init; }
    public long Epoch { get; set; }
    public long Revision { get; set; }

    /// <summary>The schema version of the follower that wrote the copy last.</summary>
    public int Schema { get; set; }
}

/// <summary>Adds the tables of feeds to a service's model.</summary>
public static class FeedModel
{
    const int NameLength = 64;

    /// <summary>The tables of an owner: <c>feeds</c> and <c>feed_owner</c>.</summary>
    public static ModelBuilder AddOwnedFeeds(this ModelBuilder model, DatabaseFacade database)
    {
        model.Entity<FeedRow>(feed =>
        {
            feed.ToTable("feeds").HasKey(f => f.Id);
            Names(feed, database);
            feed.Property(f => f.Head).HasColumnName("head");
            feed.Property(f => f.LastSeq).HasColumnName("last_seq");
            // Not of the head, though sums of it are asked for: it changes with every commit, and PostgreSQL then needs no new index entries (heap-only tuples), given room on the page.
            feed.HasIndex(f => new { f.Kind, f.Shard });
            feed.HasStorageParameter("fillfactor", 50);
            feed.Property(f => f.Kind).HasColumnName("kind");
            feed.Property(f => f.Shard).HasColumnName("shard");
        });
        return model.Entity<OwnerRow>(owner =>
        {
            owner.ToTable("feed_owner").HasKey(o => o.Id);
            owner.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
            owner.Property(o => o.Epoch).HasColumnName("epoch");
            owner.Property(o => o.Identity).HasColumnName("identity").HasMaxLength(200);
        });
    }

    /// <summary>The table of a follower: <c>followed_feeds</c>.</summary>
    public static ModelBuilder AddFollowedFeeds(this ModelBuilder model, DatabaseFacade database) => model.Entity<FollowedFeedRow>(feed =>
    {
        feed.ToTable("followed_feeds").HasKey(f => f.Id);
        Names(feed, database);
        feed.Property(f => f.Kind).HasColumnName("kind");
        feed.Property(f => f.Shard).HasColumnName("shard");
        feed.Property(f => f.Epoch).HasColumnName("epoch");
        feed.Property(f => f.Revision).HasColumnName("revision");
        // What was there before schemas were counted is of the first.
        feed.Property(f => f.Schema).HasColumnName("schema").HasDefaultValue(1).ValueGeneratedNever();
        feed.HasIndex(f => new { f.Kind, f.Shard, f.Epoch, f.Revision });
    });

    static void Names<T>(EntityTypeBuilder<T> feed, DatabaseFacade database) where T : class
    {
        var id = feed.Property<string>("Id").HasColumnName("id").HasMaxLength(NameLength);
        // Compared as bytes, as SQLite does by itself: in the order of a language, which a PostgreSQL has unless it was told otherwise, to find one of 20,000 names takes three times as long.
        if (database.IsNpgsql())
            id.UseCollation("C");
    }
}
