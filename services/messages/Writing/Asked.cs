using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Reading;

namespace ChatGenius.Messages.Writing;

/// <summary>What the commands of one transaction have to know, read right after the feeds were locked. Not thread-safe.</summary>
/// <param name="Standings">The standing of everyone concerned.</param>
/// <param name="Posts">Those of the commands that post.</param>
/// <param name="Known">The ids of the messages that these became before.</param>
/// <param name="Reads">The read positions that posts and readers move.</param>
internal sealed record Asked(Func<(Guid Channel, Guid User), Standing> Standings, IReadOnlyList<PostCommand> Posts, IReadOnlyList<Guid> Known, ReadChanges Reads)
{
    /// <summary>Asks for it; it is there once the statements have run.</summary>
    public static Asked With(Statements statements, IReadOnlyList<WriteCommand> commands)
    {
        var (posts, reads) = (commands.OfType<PostCommand>().ToList(), new ReadChanges());
        var standings = Membership.Standings.Ask(statements, commands.SelectMany(c => c.Others.Append(c.Caller).Select(u => (c.ChannelId, u))).ToHashSet());
        var known = Posting.Posts.AskKnown(posts, statements);
        reads.Load([.. posts.SelectMany(p => p.Mentions.Append(p.Caller).Select(u => (u, p.ChannelId))), .. commands.OfType<ReadCommand>().Select(c => (c.Caller, c.ChannelId))], statements);
        return new Asked(standings, posts, known, reads);
    }
}
