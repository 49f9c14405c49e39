using ChatGenius.Contracts.Channels;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>Who is a member of a channel, at a position of its members feed. Guarded by <see cref="Gate"/>, which its feeds share: a removal and a registration are one step each.</summary>
internal sealed class MembersRoll
{
    readonly HashSet<Guid> _members = [];
    long _pastEpoch;

    /// <summary>Guards the roll and the registrations of the channel's feeds.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The position at which the roll stands; (0, 0) before it was read.</summary>
    public Fence Stands { get; private set; } = new();

    /// <summary>The channel's kind; null for a channel that does not exist.</summary>
    public string? Kind { get; private set; }

    /// <summary>True when the roll is known to stand at a fence or after it.</summary>
    /// <remarks>Of an epoch that is not the roll's only the owner knows whether it came before; once it has said so, that epoch is over for good.</remarks>
    public bool HasReached(Fence fence) => !fence.MayLieBeyond(Stands) || (fence.Epoch == _pastEpoch && fence.Epoch < Stands.Epoch);

    /// <summary>The same, now that the owner was asked after the fence was said.</summary>
    /// <param name="fence">The fence.</param>
    /// <param name="owner">The head that the owner told; null when it told none.</param>
    public bool HasReached(Fence fence, Head? owner)
    {
        if (owner?.Epoch != Stands.Epoch || fence.IsAfter(Stands))
            return false;
        if (fence.Epoch < Stands.Epoch)
            _pastEpoch = fence.Epoch;
        return true;
    }

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
