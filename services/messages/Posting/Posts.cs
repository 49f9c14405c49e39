using ChatGenius.Feeds.Owning;
using ChatGenius.Messages.Reading;
using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Posting;

/// <summary>Stores all posts of a transaction together, with a fixed number of statements.</summary>
internal static class Posts
{
    /// <summary>Asks for the messages that posts may have become before, along with what else is asked.</summary>
    /// <returns>Their ids, once the statements have run.</returns>
    public static IReadOnlyList<Guid> AskKnown(IReadOnlyList<PostCommand> posts, Statements statements)
    {
        var ids = new List<Guid>();
        if (posts.Count == 0)
            return ids;
        // Same author, same reads feed: that row's lock is held, so nobody else can be storing the same clientId now.
        statements.Ask(
            command => $"""
                WITH asked (author_id, client_id) AS ({command.Rows(posts.Select(p => p.Caller).ToArray(), posts.Select(p => p.ClientId).ToArray())})
                SELECT m.id FROM asked a JOIN messages m ON m.author_id = a.author_id AND m.client_id = a.client_id
                """,
            row => ids.Add(row.GetGuid(0)));
        return ids;
    }

    /// <summary>Decides and stores them.</summary>
    public static async Task ApplyAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var (posts, ids) = (batch.Asked.Posts, batch.Asked.Known);
        var known = ids.Count == 0 ? [] : await batch.Transaction.Db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => (m.AuthorId, m.ClientId), cancellation);
        var fresh = Admitted(posts, known, post => batch.Of(post.ChannelId, post.Caller));
        if (fresh.Count == 0)
            return;
        var parents = await ParentsAsync(batch, fresh, cancellation);
        var rows = new List<MessageRow>(fresh.Count);
        foreach (var post in fresh)
        {
            // The same command may wait twice in one transaction.
            if (known.TryGetValue((post.Caller, post.ClientId), out var twin))
                post.Replay(twin);
            else if (post.ThreadId is { } thread && RefuseParent(parents.GetValueOrDefault((thread, post.ChannelId))) is { } refusal)
                post.Refuse(refusal);
            else
            {
                var row = Place(batch, post);
                rows.Add(row);
                known[(post.Caller, post.ClientId)] = row;
                post.Stored(row);
                if (post.ThreadId is { } parent)
                    Replied(batch, parents[(parent, post.ChannelId)]);
            }
        }
        if (rows.Count > 0)
            Insert(batch, [.. rows]);
    }

    /// <summary>Answers those that were stored before, whoever their author is now, and admits the others by the memberships at hand. Pure.</summary>
    internal static List<PostCommand> Admitted(IReadOnlyList<PostCommand> posts, Dictionary<(Guid Author, Guid ClientId), MessageRow> known, Func<PostCommand, Membership.Standing> standing, Bug bug = Bug.None)
    {
        var fresh = new List<PostCommand>(posts.Count);
        foreach (var post in posts)
            if (known.TryGetValue((post.Caller, post.ClientId), out var stored))
                post.Replay(stored);
            else if (post.Admit(standing(post), bug))
                fresh.Add(post);
        return fresh;
    }

    /// <summary>Gives a post its place in the channel, and says it on the feed. Pure.</summary>
    internal static MessageRow Placed(PostCommand post, FeedRevisions feeds, long now)
    {
        var row = new MessageRow
        {
            Id = post.Id,
            ChannelId = post.ChannelId,
            Seq = feeds.NextSeq(post.Feed),
            Revision = feeds.NextRevision(post.Feed),
            AuthorId = post.Caller,
            ClientId = post.ClientId,
            BodyHash = post.BodyHash,
            Text = post.Text,
            ThreadId = post.ThreadId,
            Mentions = post.Mentions.Count == 0 ? "[]" : JsonSerializer.Serialize(post.Mentions, ContractsJson.Options),
            Reactions = "[]",
            CreatedAt = now,
        };
        feeds.Changed(post.Feed, row.ToItem());
        return row;
    }

    static async Task<Dictionary<(Guid, Guid), MessageRow>> ParentsAsync(WriteBatch batch, List<PostCommand> posts, CancellationToken cancellation)
    {
        var ids = posts.Where(p => p.ThreadId is not null).Select(p => p.ThreadId!.Value).Distinct().ToList();
        return ids.Count == 0 ? [] : await batch.Transaction.Db.Messages.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => (m.Id, m.ChannelId), cancellation);
    }

    static ProblemException? RefuseParent(MessageRow? parent) => parent switch
    {
        null => ProblemException.Field("threadId", "is not a message of this channel"),
        { ThreadId: not null } => ProblemException.Field("threadId", "is itself a reply; answer in the thread of the message it answers"),
        { Deleted: true } => new ProblemException(ErrorCodes.MessageDeleted, "The message whose thread this is has been deleted."),
        _ => null,
    };

    static MessageRow Place(WriteBatch batch, PostCommand post)
    {
        var transaction = batch.Transaction;
        var row = Placed(post, transaction.Revisions, batch.Now);
        var own = batch.Reads.Of(post.Caller, post.ChannelId);
        (own.Seq, own.Mentions) = (row.Seq, 0);
        batch.Reads.Changed(own);
        foreach (var user in post.Mentions.Where(u => u != post.Caller && batch.Of(post.ChannelId, u).IsMember))
        {
            transaction.Db.Mentions.Add(new MentionRow { UserId = user, ChannelId = post.ChannelId, Seq = row.Seq });
            var theirs = batch.Reads.Of(user, post.ChannelId);
            theirs.Mentions++;
            batch.Reads.Changed(theirs);
        }
        return row;
    }

    static void Replied(WriteBatch batch, MessageRow parent)
    {
        parent.ReplyCount++;
        parent.LastReplyAt = batch.Now;
        batch.Changed(parent);
    }

    static void Insert(WriteBatch batch, MessageRow[] rows)
    {
        batch.Transaction.Last.Store(
            values => $"""
                INSERT INTO messages (id, channel_id, seq, revision, author_id, client_id, body_hash, text, thread_id, mentions, created_at,
                    reply_count, last_reply_at, reactions, pinned, edited_at, deleted)
                {values}
                """,
            // What every new message begins with.
            "0, NULL, '[]', FALSE, NULL, FALSE",
            Of(r => r.Id), Of(r => r.ChannelId), Of(r => r.Seq), Of(r => r.Revision), Of(r => r.AuthorId), Of(r => r.ClientId), Of(r => r.BodyHash), Of(r => r.Text), Of(r => r.ThreadId),
            Of(r => r.Mentions), Of(r => r.CreatedAt));

        T[] Of<T>(Converter<MessageRow, T> column) => Array.ConvertAll(rows, column);
    }
}
