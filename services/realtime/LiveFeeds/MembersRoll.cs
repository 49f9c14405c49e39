using ChatGenius.Contracts.Channels;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>Who is a member of a channel, at a position of its members feed. Guarded by <see cref="Gate"/>, which its feeds share: a removal and a registration are one step each.</summary>
internal sealed class MembersRoll
{
    readonly HashSet<Guid> _members = [];

    /// <summary>Guards the roll and the registrations of the channel's feeds.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The position at which the roll stands; (0, 0) before it was read.</summary>
    public Fence Stands { get; private set; } = new();

    /// <summary>The channel's kind; null for a channel that does not exist.</summary>
    public string? Kind { get; private set; }

    /// <summary>May the user read this feed of the channel?</summary>
    public bool MayRead(FeedKind feed, Guid user) => _members.Contains(user) || (feed == FeedKind.Members && Kind == ChannelKind.Public);

    /// <summary>True when the user is a member.</summary>
    public bool Contains(Guid user) => _members.Contains(user);

    /// <summary>Takes a delta of the members feed that follows on what is held.</summary>
    public void Apply(Delta delta)
    {
        if (delta.Reset)
        {
            _members.Clear();
            Kind = null;
        }
        foreach (var item in delta.Items)
            if (item.GetProperty("type").GetString() == "channel")
                Kind = item.GetProperty("kind").GetString();
            else if (item.GetProperty("left").GetBoolean())
                _members.Remove(item.GetProperty("userId").GetGuid());
            else
                _members.Add(item.GetProperty("userId").GetGuid());
        Stands = new Fence { Epoch = delta.Epoch, Revision = delta.To };
    }
}
