using System.Threading.Channels;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// One feed on this instance, followed as every reader follows, and handed to its <see cref="Readers"/>.
/// <list type="number">
/// <item>What the backplane says lands in a bounded mailbox; when that is full, the feed is pulled instead.</item>
/// <item>One loop takes it through the reader's rule; a gap waits a moment, then pulls.</item>
/// <item>Content waits until the roll of members stands at its fence; other feeds do not wait for it.</item>
/// <item>Under the gate, connections that may not read any more are taken off, and the rest are given the delta.</item>
/// </list>
/// Thread-safe.
/// </summary>
internal sealed partial class LiveFeed
{
    const int MailboxLimit = 1024;

    readonly Channel<Delta?> _mailbox = Channel.CreateBounded<Delta?>(new BoundedChannelOptions(MailboxLimit) { SingleReader = true });
    readonly FeedReader _reader = new();
    readonly List<ISubscription> _subscriptions = [];
    readonly MembersRoll? _roll;
    readonly Lock _gate;
    readonly LiveFeedServices _services;
    readonly CancellationTokenSource _retired = new();
    Task? _active;
    Task? _running;
    volatile bool _pullWanted;
    long? _gapSince;

    /// <param name="name">The feed.</param>
    /// <param name="members">For the feeds of a channel: its members feed; null for a members feed itself and for feeds of users.</param>
    /// <param name="services">What feeds of this instance share.</param>
    public LiveFeed(FeedName name, LiveFeed? members, LiveFeedServices services)
    {
        (Name, Members, _services) = (name, members, services);
        _roll = members?._roll ?? (name.Kind == FeedKind.Members ? new MembersRoll() : null);
        _gate = _roll?.Gate ?? new Lock();
        Readers = new FeedReaders(this, _roll, _gate, services.Time);
        // From the first moment: a members feed is never let go before the feeds that are admitted by it.
        lock (_gate)
            members?.Dependents.Add(this);
    }

    public FeedName Name { get; }

    /// <summary>The connections that take it.</summary>
    public FeedReaders Readers { get; }

    /// <summary>The members feed by which this feed's readers are admitted; null when the feed's name says who reads it, or it is the members feed.</summary>
    public LiveFeed? Members { get; }

    /// <summary>Feeds that are admitted by this one; guarded by the gate.</summary>
    List<LiveFeed> Dependents { get; } = [];

    /// <summary>True when the feed was let go; ask the directory for it anew.</summary>
    public bool IsRetired => _retired.IsCancellationRequested;

    /// <summary>Where this instance stands.</summary>
    public Position Stands
    {
        get
        {
            lock (_gate)
                return new Position { Feed = Name.ToString(), Epoch = _reader.Epoch, Revision = _reader.Revision };
        }
    }

    /// <summary>True while someone reads it, directly or through a dependent feed.</summary>
    public bool IsRead
    {
        get
        {
            lock (_gate)
                return Readers.Count + Dependents.Count > 0;
        }
    }

    /// <summary>Subscribes to the feed and reads its position, once; a failure is thrown, and the next call tries again.</summary>
    public Task ActivateAsync(CancellationToken cancellation)
    {
        Task active;
        lock (_gate)
            active = _active is null or { IsFaulted: true } or { IsCanceled: true } ? _active = Task.Run(ActivateOnceAsync) : _active;
        return active.WaitAsync(cancellation);
    }

    /// <summary>Takes what the backplane said; never waits.</summary>
    public void Offer(Delta delta)
    {
        if (!_mailbox.Writer.TryWrite(delta))
            _pullWanted = true;
    }

    /// <summary>Brings the roll to at least a position of the members feed, asking the owner when it must.</summary>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public async Task ReachMembersAsync(Fence fence, CancellationToken cancellation)
    {
        while (IsBehind(fence))
        {
            await Members!.PullAsync(cancellation);
            if (IsBehind(fence))
                await Task.Delay(TimeSpan.FromMilliseconds(50), _services.Time, cancellation);
        }
    }

    /// <summary>Asks the owner for everything since this instance's position; what comes is handled as if it had arrived.</summary>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public async Task PullAsync(CancellationToken cancellation)
    {
        var (stands, whole) = (Stands, (Delta?)null);
        while (true)
        {
            var answer = await _services.Owner(Name).PullAsync(new PullRequest
            {
                Follower = true,
                Positions = [new SyncPosition { Feed = stands.Feed, Epoch = stands.Epoch, Revision = stands.Revision }],
            }, cancellation);
            if (answer.Deltas is not [var delta])
            {
                Take(answer, countAsRepair: false);
                return;
            }
            // Slices are taken together: a roll that is read by halves would take the other half for removed.
            whole = whole is not null && Deltas.TryJoin(whole, delta, out var joined, int.MaxValue) ? joined : delta;
            if (!delta.More)
                break;
            stands = stands with { Epoch = delta.Epoch, Revision = delta.To };
        }
        Take(whole);
    }

    /// <summary>Takes an answer of the owner about this feed, from a pull or a tick.</summary>
    public void Take(PullAnswer answer, bool countAsRepair)
    {
        foreach (var head in answer.Heads.Where(h => h.Feed == Name.ToString()))
            lock (_gate)
                Readers.NoteLastSeq(head.LastSeq ?? 0);
        foreach (var delta in answer.Deltas.Where(d => d.Feed == Name.ToString()))
        {
            if (countAsRepair)
                _services.Repaired(Name);
            if (delta.More)
                PullSoon();
            else
                Take(delta);
        }
    }

    // The members feed is its own fence and its readers wait for it: it is taken at once. Content goes through the loop, behind its fence.
    void Take(Delta delta)
    {
        if (Name.Kind == FeedKind.Members)
            Apply(delta);
        else
            Offer(delta);
    }

    void PullSoon()
    {
        _pullWanted = true;
        _mailbox.Writer.TryWrite(null);
    }

    /// <summary>Ends the loop and the subscription of a feed that nobody reads. False when someone does after all.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            if (Readers.Count + Dependents.Count > 0)
                return false;
            _retired.Cancel();
            Members?.Dependents.Remove(this);
            foreach (var subscription in _subscriptions)
                subscription.End();
        }
        return true;
    }

    bool IsBehind(Fence fence)
    {
        lock (_gate)
            return fence.IsAfter(_roll!.Stands);
    }

    async Task ActivateOnceAsync()
    {
        if (Members is not null)
            await Members.ActivateAsync(_retired.Token);
        // Subscribe first, then read: what happens in between arrives twice rather than not at all.
        Keep(await _services.Backplane.SubscribeAsync(Topics.Feed(Name.ToString()), Offer));
        if (Name.Kind == FeedKind.Messages)
            Keep(await _services.Backplane.SubscribeAsync(Topics.Typing(Name.Id), typing => Readers.Say(Outgoing.Typing(typing), except: typing.UserId)));
        if (Name.Kind == FeedKind.Members)
            await PullAsync(_retired.Token);
        else
            await StandAtHeadAsync();
        _running ??= Task.Run(RunAsync);
    }

    void Keep(ISubscription subscription)
    {
        lock (_gate)
            if (!_retired.IsCancellationRequested)
            {
                _subscriptions.Add(subscription);
                return;
            }
        subscription.End();
    }

    // Readers come with positions of their own; the instance needs no more than to know where it begins to follow.
    async Task StandAtHeadAsync()
    {
        var answer = await _services.Owner(Name).PullAsync(new PullRequest
        {
            Follower = true,
            Positions = [new SyncPosition { Feed = Name.ToString(), Mode = SyncMode.Heads }],
        }, _retired.Token);
        lock (_gate)
            if (answer.Heads is [var head])
            {
                _reader.StandAt(head.Epoch, head.Revision);
                Readers.NoteLastSeq(head.LastSeq ?? 0);
            }
    }

    async Task RunAsync()
    {
        while (!_retired.IsCancellationRequested)
        {
            try
            {
                if (_mailbox.Reader.TryRead(out var delta))
                {
                    if (delta is not null)
                        await HandleAsync(delta);
                    continue;
                }
                var patience = Patience();
                if (patience == TimeSpan.Zero)
                {
                    (_pullWanted, _gapSince) = (false, null);
                    await PullAsync(_retired.Token);
                }
                else
                    await WaitAsync(patience);
            }
            catch (OperationCanceledException) when (_retired.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                LogFailed(_services.Logger, Name.ToString(), failure.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), _services.Time, _retired.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // How long to wait for what may still arrive: for ever when nothing is missing, a moment at a gap, not at all when the feed must be pulled.
    TimeSpan Patience()
    {
        var need = Need.AskNow;
        if (!_pullWanted)
            lock (_gate)
                need = _reader.Needed();
        if (need == Need.Nothing)
            _gapSince = null;
        if (need != Need.AskSoon)
            return need == Need.Nothing ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        _gapSince ??= _services.Time.GetTimestamp();
        var left = FeedReader.GapPatience - _services.Time.GetElapsedTime(_gapSince.Value);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    async Task WaitAsync(TimeSpan patience)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_retired.Token);
        if (patience != Timeout.InfiniteTimeSpan)
            enough.CancelAfter(patience);
        try
        {
            await _mailbox.Reader.WaitToReadAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!_retired.IsCancellationRequested)
        {
            // Nothing came; the loop looks at what is needed now.
        }
    }

    async Task HandleAsync(Delta delta)
    {
        if (delta.Fence is { } fence && Name.Kind == FeedKind.Messages)
        {
            try
            {
                await ReachMembersAsync(fence, _retired.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or TimeoutException or TaskCanceledException && !_retired.IsCancellationRequested)
            {
                // Without its fence content goes to nobody. It is pulled again, since this instance has not moved on.
                _pullWanted = true;
                throw;
            }
        }
        Apply(delta);
    }

    void Apply(Delta delta)
    {
        lock (_gate)
        {
            var step = _reader.Offer(delta);
            if (step.Need == Need.AskNow)
                PullSoon();
            foreach (var applied in step.Applied)
            {
                if (Name.Kind == FeedKind.Members)
                {
                    _roll!.Apply(applied);
                    Readers.TakeOffRefused();
                    foreach (var dependent in Dependents)
                        dependent.Readers.TakeOffRefused();
                }
                Readers.Deliver(applied);
            }
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "The feed {Feed} could not be followed: {Failure} It is tried again.")]
    static partial void LogFailed(ILogger logger, string feed, string failure);
}
