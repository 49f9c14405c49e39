using System.Text.Json;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;

namespace ChatGenius.ClientTests.Syncing;

/// <summary>The truth about one channel's messages, and what its owner answers. Small limits, so that resets and floors come often.</summary>
internal sealed class Owner
{
    const int Window = 4;
    const int CatchUp = 6;

    public static readonly Guid Channel = Guid.Parse("01920000-0000-7000-8000-00000000000c");
    public static readonly FeedName Feed = FeedName.Messages(Channel);

    List<Message> _messages = [];
    List<Message>? _backup;
    int _ids;

    public long Epoch { get; private set; } = 1;
    public long Head { get; private set; }
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Stores a message once for each author and <c>clientId</c>.</summary>
    /// <returns>The delta of it; null when it was there.</returns>
    public (Message Message, Delta? Delta) Store(Guid author, Guid clientId, string text)
    {
        if (_messages.Find(m => m.AuthorId == author && m.ClientId == clientId) is { } there)
            return (there, null);
        var message = new Message
        {
            Id = new Guid(++_ids, 1, 1, new byte[8]),
            ChannelId = Channel,
            Seq = _messages.Count + 1,
            Revision = ++Head,
            AuthorId = author,
            ClientId = clientId,
            Text = text,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        _messages.Add(message);
        return (message, Since(Head - 1));
    }

    public Delta? Edit(int which, string text)
    {
        if (_messages.Count == 0)
            return null;
        var index = which % _messages.Count;
        _messages[index] = _messages[index] with { Revision = ++Head, Text = text };
        return Since(Head - 1);
    }

    public void BackUp() => _backup = [.. _messages];

    /// <summary>What was committed since the backup never happened; the epoch says so.</summary>
    public void Restore()
    {
        _messages = _backup is null ? [] : [.. _backup];
        Head = _messages.Count == 0 ? 0 : _messages.Max(m => m.Revision);
        Epoch++;
    }

    public SyncAnswer Sync(SyncPosition position)
    {
        var (deltas, failed) = (new List<Delta>(), new List<FailedFeed>());
        var (epoch, revision) = (position.Epoch ?? 0, position.Revision ?? 0);
        switch (OwnerRule.Judge(Epoch, Head, epoch, revision, follower: false))
        {
            case OwnerVerdict.Ahead:
                failed.Add(new FailedFeed { Feed = position.Feed, Code = "position_ahead" });
                break;
            case OwnerVerdict.Since when _messages.Count(m => m.Revision > revision) <= CatchUp:
                deltas.Add(Since(revision));
                break;
            case OwnerVerdict.Since or OwnerVerdict.Snapshot:
                deltas.Add(Reset());
                break;
        }
        return new SyncAnswer { Deltas = deltas, Heads = failed.Count > 0 ? [] : [new Head { Feed = position.Feed, Epoch = Epoch, Revision = Head, LastSeq = _messages.Count }], Denied = [], Failed = failed };
    }

    public MessagePage Page(long before, int limit) => new()
    {
        Items = [.. _messages.Where(m => m.Seq < before).TakeLast(limit)],
        Mine = new Dictionary<Guid, IReadOnlyList<string>>(),
        Feed = new Position { Feed = Feed.ToString(), Epoch = Epoch, Revision = Head },
        Fence = new Fence { Epoch = 1, Revision = 1 },
    };

    Delta Since(long from) => new()
    {
        Feed = Feed.ToString(),
        Epoch = Epoch,
        From = from,
        To = Head,
        Items = Items(_messages.Where(m => m.Revision > from)),
    };

    Delta Reset()
    {
        var window = _messages.TakeLast(Window).ToArray();
        return new() { Feed = Feed.ToString(), Epoch = Epoch, To = Head, Reset = true, Floor = window.Length == 0 ? 1 : window[0].Seq, Items = Items(window) };
    }

    static JsonElement[] Items(IEnumerable<Message> messages) => [.. messages.OrderBy(m => m.Revision).Select(ContractsJson.ToItem)];
}
