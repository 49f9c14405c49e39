using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Messages.Posting;
using ChatGenius.Realtime.Connections;

namespace ChatGenius.HotPaths;

/// <summary>What the hot paths work on: everything about one channel, and a message of 100 characters.</summary>
static class Samples
{
    static readonly string s_text = new('x', 100);

    public static Guid Author { get; } = new(2, 0, 0, new byte[8]);

    public static FeedName Feed { get; } = FeedName.Messages(new Guid(1, 0, 0, new byte[8]));

    public static OutboundQueue Queue() => new(256, 1 << 20);

    public static PostCommand Post() => new()
    {
        Id = Guid.CreateVersion7(), ChannelId = Feed.Id, Caller = Author, ClientId = Guid.CreateVersion7(), Text = s_text, Mentions = [], BodyHash = new byte[32],
    };

    /// <summary>A message, as its owner says it.</summary>
    public static Delta Change(long revision) => new()
    {
        Feed = Feed.ToString(), Epoch = 1, From = revision - 1, To = revision, Fence = new Fence { Epoch = 1, Revision = 1 },
        Items =
        [
            ContractsJson.ToItem(new Message
            {
                Id = new Guid((int)revision, 0, 0, new byte[8]), ChannelId = Feed.Id, Seq = revision, Revision = revision, AuthorId = Author, ClientId = Author, Text = s_text, CreatedAt = DateTimeOffset.UnixEpoch,
            }),
        ],
    };
}
