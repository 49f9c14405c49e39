using System.Diagnostics;
using ChatGenius.Hosting.Telemetry;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// One feed on this instance, followed as every reader follows, and handed to its <see cref="Readers"/>.
/// <list type="number">
/// <item>What the backplane says lands in a bounded mailbox (<see cref="FeedMailbox"/>); when that is full, the feed is pulled instead.</item>
/// <item>One loop takes it through the reader's rule, in the order of revisions; a gap waits a moment, then pulls. The more connections the last delta went to, the longer the loop lets the next ones
/// gather, so that they leave as one (<see cref="DeliveryPace"/>).</item>
/// <item>Content waits until the roll of members stands at its fence; other feeds do not wait for it.</item>
/// <item>Under the gate, connections that may not read any more are taken off, and the rest are given the delta.</item>
/// <item>What was applied lately is kept, so that readers who come back are answered from it (<see cref="FeedAnswers"/>).</item>
/// </list>
/// Thread-safe.
/// </summary>
internal sealed partial class LiveFeed
{
    readonly FeedMailbox _mailbox = new();
    readonly Wakeup _wakeup;
    readonly List<ISubscription> _subscriptions = [];
    readonly FeedReader _reader;
    readonly MembersRoll? _roll;
    readonly Lock _gate;
    readonly LiveFeedServices _services;
    readonly CancellationTokenSource _retired = new();
    Task? _active;
    Task? _running;
    volatile bool _pullWanted;
    long? _gapSince;
    DeliveryOrigin _aside;

    /// <param name="name">The feed.</param>
    /// <param name="members">For the feeds of a channel: its members feed; null for a members feed itself and for feeds of users.</param>
    /// <param name="services">What feeds of this instance share.</param>
    public LiveFeed(FeedName name, LiveFeed? members, LiveFeedServices services)
    {
        (Name, Members, _services) = (name, members, services);
        _wakeup = new Wakeup(services.Time);
        _reader = new FeedReader(FeedReader.DefaultSetAside, services.Bug);
        _roll = members?._roll ?? (name.Kind == FeedKind.Members ? new MembersRoll() : null);
        _gate = _roll?.Gate ?? new Lock();
        Answers = new FeedAnswers(this, _reader, _gate, services);
        Readers = new FeedReaders(this, _roll, _gate, services.Pace, services.Time);
        // From the first moment: a members feed is never let go before the feeds that are admitted by it.
        lock (_gate)
            members?.Dependents.Add(this);
    }

    public FeedName Name { get; }

    /// <summary>The connections that take it.</summary>
    public FeedReaders Readers { get; }

    /// <summary>Answers to those who come back.</summary>
    public FeedAnswers Answers { get; }

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
    /// <param name="near">Where the first reader stands: what happened a little before it and since is read along, for the others who come back with it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task ActivateAsync(SyncPosition near, CancellationToken cancellation)
    {
        Task active;
        lock (_gate)
            active = _active is null or { IsFaulted: true } or { IsCanceled: true } ? _active = ActivateOnceAsync(near) : _active;
        return active.WaitAsync(cancellation);
    }

    /// <summary>Takes what the backplane said; never waits.</summary>
    public void Offer(FeedSaid said)
    {
        if (!_mailbox.TryOffer(said))
            _pullWanted = true;
        _wakeup.Call();
    }

    /// <summary>Brings the roll to at least a position of the members feed, asking the owner when it must.</summary>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public async Task ReachMembersAsync(Fence fence, CancellationToken cancellation)
    {
        lock (_gate)
            if (_roll!.HasReached(fence))
                return;
        using var waited = _services.Meters.WaitForFence(_services.Time);
        while (true)
        {
            var head = await Members!.PullAsync(cancellation);
            bool lost;
            lock (_gate)
            {
                if (_roll.HasReached(fence, head))
                    return;
                lost = fence.IsAfter(_roll.Stands);
            }
            // The fence was said before the owner was asked: an owner that stands before it lost what the fence speaks of. Told so, it begins a later epoch.
            if (lost)
                await Members.ReadAsync(new SyncPosition { Feed = Members.Name.ToString(), Epoch = fence.Epoch, Revision = fence.Revision }, follower: true, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(50), _services.Time, cancellation);
        }
    }

    /// <summary>Asks the owner for everything since this instance's position; what comes is handled as if it had arrived.</summary>
    /// <returns>The owner's head; null when it told none.</returns>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public async Task<Head?> PullAsync(CancellationToken cancellation)
    {
        var (stands, whole) = (Stands, (Delta?)null);
        while (true)
        {
            var read = await ReadAsync(new SyncPosition { Feed = stands.Feed, Epoch = stands.Epoch, Revision = stands.Revision }, follower: true, cancellation);
            if (read.Delta is not { } delta)
            {
                Take(read, countAsRepair: false);
                return read.Head;
            }
            // Slices are taken together: a roll that is read by halves would take the other half for removed.
            whole = whole is not null && Deltas.TryJoin(whole, delta, out var joined, int.MaxValue) ? joined : delta;
            if (!delta.More)
            {
                Take(read with { Delta = whole }, countAsRepair: false);
                return read.Head;
            }
            stands = stands with { Epoch = delta.Epoch, Revision = delta.To };
        }
    }

    /// <summary>Takes an answer of the owner to this instance's own position, from a pull or a tick.</summary>
    public void Take(FeedRead read, bool countAsRepair)
    {
        if (read.Head is { } head)
            lock (_gate)
            {
                Readers.NoteLastSeq(head.LastSeq ?? 0);
                Answers.Told(_services.Time.GetTimestamp(), head);
                // The instance came here from a later epoch while the question was under way: the owner lost that one, and learns it from this instance's position.
                if (head.Epoch < _reader.Epoch)
                    PullSoon();
            }
        if (read.Delta is not { } delta)
        {
            // An answer about many feeds is bounded in bytes: what did not fit is asked for by itself.
            if (countAsRepair && read.Head is { } ahead && (ahead.Epoch, ahead.Revision).CompareTo((Stands.Epoch, Stands.Revision)) > 0)
                PullSoon();
            return;
        }
        if (countAsRepair)
            _services.Meters.Repaired(Name);
        if (delta.More)
            PullSoon();
        // The members feed is its own fence and its readers wait for it: it is taken at once. Content goes through the loop, behind its fence.
        else if (Name.Kind == FeedKind.Members)
            Apply(delta, default);
        else
            Offer(new FeedSaid { Delta = delta });
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

    void PullSoon()
    {
        _pullWanted = true;
        _wakeup.Call();
    }

    Task<FeedRead> ReadAsync(SyncPosition position, bool follower, CancellationToken cancellation) => _services.Reads(Name).ReadAsync(position, follower, cancellation);

    async Task ActivateOnceAsync(SyncPosition near)
    {
        await Task.Yield();
        if (Members is not null)
            await Members.ActivateAsync(new SyncPosition { Feed = Members.Name.ToString() }, _retired.Token);
        // Subscribe first, then read: what happens in between arrives twice rather than not at all.
        if (_services.Bug != Bug.SubscribedAfterReading)
            await SubscribeAsync();
        if (Name.Kind == FeedKind.Members)
            await PullAsync(_retired.Token);
        else
            await StandAsync(near);
        if (_services.Bug == Bug.SubscribedAfterReading)
            await SubscribeAsync();
        _running ??= RunAsync();
    }

    async Task SubscribeAsync()
    {
        Keep(await _services.Backplane.SubscribeAsync(Topics.Feed(Name.ToString()), Offer));
        if (Name.Kind == FeedKind.Messages)
            Keep(await _services.Backplane.SubscribeAsync(Topics.Typing(Name.Id), typing => Readers.Say(Outgoing.Typing(typing), except: typing.UserId)));
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

    // Readers come with positions of their own; the instance only needs to know where it begins to follow. The client's word about the position is not the instance's: a future is refused.
    async Task StandAsync(SyncPosition near)
    {
        FeedRead? read = null;
        if (near is { Epoch: > 0, Revision: { } revision })
            read = await ReadAsync(near with { Revision = Math.Max(0, revision - (RecentChanges.MaxItems / 2)), Mode = null, Partial = false }, follower: false, _retired.Token);
        if (read?.Head is null)
            read = await ReadAsync(new SyncPosition { Feed = Name.ToString(), Mode = SyncMode.Heads }, follower: true, _retired.Token);
        if (read.Head is { } head)
            lock (_gate)
            {
                _reader.StandAt(head.Epoch, head.Revision);
                var since = read.Delta is { Reset: false, More: false } lately && lately.To == head.Revision ? lately : null;
                Answers.Begin(head.Epoch, since?.From ?? head.Revision);
                if (since is not null)
                    Answers.Add(since);
                Readers.NoteLastSeq(head.LastSeq ?? 0);
                Answers.Told(_services.Time.GetTimestamp(), head);
            }
    }

    async Task RunAsync()
    {
        await Task.Yield();
        Traces.Leave();
        while (!_retired.IsCancellationRequested)
        {
            try
            {
                if (!_mailbox.IsEmpty || Readers.AreDue)
                {
                    if (Readers.Rest is { Ticks: > 0 } rest)
                        await Task.Delay(rest, _services.Time, _retired.Token);
                    if (!_mailbox.IsEmpty)
                        await HandleAsync(_mailbox.Take());
                    await Readers.HandOutAsync();
                    continue;
                }
                var patience = Patience();
                if (patience == TimeSpan.Zero)
                {
                    (_pullWanted, _gapSince) = (false, null);
                    await PullAsync(_retired.Token);
                }
                else
                    await _wakeup.WaitAsync(patience, _retired.Token);
            }
            catch (OperationCanceledException) when (_retired.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                LogFailed(_services.Logger, Name.ToString(), failure.Message);
                // What it could not do is done by a pull.
                _pullWanted = true;
                await Task.Delay(TimeSpan.FromSeconds(1), _services.Time, _retired.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    // How long to wait for what may still arrive: for ever when nothing is missing, a moment at a gap, not at all when the feed must be pulled.
    TimeSpan? Patience()
    {
        var need = Need.AskNow;
        if (!_pullWanted)
            lock (_gate)
                need = _reader.Needed();
        if (need == Need.Nothing)
            _gapSince = null;
        if (need != Need.AskSoon)
            return need == Need.Nothing ? null : TimeSpan.Zero;
        if (_gapSince is null)
            _services.Meters.Gap(Name);
        _gapSince ??= _services.Time.GetTimestamp();
        var left = FeedReader.GapPatience - _services.Time.GetElapsedTime(_gapSince.Value);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    async Task HandleAsync(FeedSaid said)
    {
        var delta = said.Delta;
        using var step = Traces.Start("delta deliver", ActivityKind.Consumer, said.Trace)?.SetTag("chatgenius.feed.kind", Name.Kind.ToString());
        // Without its fence content goes to nobody; when that cannot be reached, the feed is pulled again, since this instance has not moved on.
        if (delta.Fence is { } fence && Name.Kind == FeedKind.Messages && _services.Bug != Bug.FenceCheckedWhereConsumed)
        {
            var reached = ReachMembersAsync(fence, _retired.Token);
            // What was delivered before waits neither for it nor, when it fails, for the next try.
            while (!reached.IsCompletedSuccessfully && Readers.AreDue)
                await Readers.HandOutAsync();
            await reached;
        }
        Apply(delta, new DeliveryOrigin(said.CommittedAt, step?.Context ?? default));
        if (_services.Bug == Bug.FanOutAwaited)
            await Readers.WrittenAsync();
    }

    void Apply(Delta delta, DeliveryOrigin origin)
    {
        lock (_gate)
        {
            var step = _reader.Offer(delta);
            // What was set aside is applied with what it waited for, and has waited since its own commit.
            if (step.Applied.Count > 0)
                (origin, _aside) = (_aside.Or(origin), default);
            else if (step.Need == Need.AskSoon && delta.To > _reader.Revision)
                _aside = _aside.Or(origin);
            if (_services.Bug == Bug.HeadFromTheLastEvent && delta.Epoch == _reader.Epoch && delta.To > _reader.Revision)
                _reader.StandAt(delta.Epoch, delta.To);
            if (step.Need == Need.AskNow)
                PullSoon();
            foreach (var applied in Deltas.Joined(step.Applied))
            {
                Answers.Add(applied);
                if (Name.Kind == FeedKind.Members)
                {
                    _roll!.Apply(applied);
                    Readers.TakeOffRefused();
                    foreach (var dependent in Dependents)
                        dependent.Readers.TakeOffRefused();
                }
                // The roll of members waits for nothing, and comes from wherever it was read.
                Readers.Deliver(applied, origin, inTurns: Name.Kind != FeedKind.Members);
           }
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "The feed {Feed} could not be followed: {Failure} It is tried again.")]
    static partial void LogFailed(ILogger logger, string feed, string failure);
}
