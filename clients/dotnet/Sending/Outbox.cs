using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>
/// Sends messages until the server has stored or refused them, whatever the network does; the same <c>clientId</c> goes out each time, so a message is never stored twice.
/// Messages of one channel go one after the other, in the order they were sent. Thread-safe.
/// </summary>
public sealed partial class Outbox
{
    readonly Lock _gate = new();
    readonly ChatApi _api;
    readonly ChatClientOptions _options;
    readonly Func<Guid?> _me;
    readonly CancellationToken _stopped;
    readonly List<OutgoingMessage> _waiting = [];
    readonly Dictionary<Guid, OutboxLane> _lanes = [];
    long _number;

    internal Outbox(ChatApi api, ChatClientOptions options, Func<Guid?> me, CancellationToken stopped)
    {
        (_api, _options, _me, _stopped) = (api, options, me, stopped);
        _saved = new OutboxJournal(options);
        stopped.UnsafeRegister(static o => ((Outbox)o!).Stop(), this);
    }

    /// <summary>Messages that were not stored yet, or were refused, in the order they were sent.</summary>
    public IReadOnlyCollection<OutgoingMessage> Waiting
    {
        get
        {
            lock (_gate)
                return [.. _waiting];
        }
    }

    /// <summary>Raised when a message enters the outbox or changes its state. Handlers must be quick; what one throws is logged and harms nobody else.</summary>
    public event Action<OutgoingMessage>? Changed;

    /// <summary>Puts a message into the outbox and returns at once.</summary>
    /// <param name="members">The newest members position that the caller knows of, kept with the message.</param>
    public OutgoingMessage Send(Guid channel, string text, Guid? thread = null, IReadOnlyList<Guid>? mentions = null, Fence? members = null)
    {
        OutgoingMessage message;
        lock (_gate)
        {
            var now = _options.Time.GetUtcNow();
            _number = Math.Max(_number + 1, now.UtcTicks);
            message = new OutgoingMessage(channel, new PostMessage { ClientId = _options.Ids(now), Text = text, ThreadId = thread, Mentions = mentions, Members = members }, _number);
            _waiting.Add(message);
        }
        Enter(message);
        return message;
    }

    /// <summary>Sends a message. The task ends when it is stored or refused; a cancelled one is discarded, without knowing whether it was stored.</summary>
    /// <inheritdoc cref="Send"/>
    public async Task<OutgoingMessage> SendAsync(Guid channel, string text, Guid? thread = null, IReadOnlyList<Guid>? mentions = null, Fence? members = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var message = Send(channel, text, thread, mentions, members);
        try
        {
            await SettledAsync(message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Discard(message);
            throw;
        }
        return message;
    }

    /// <summary>Completes when a message is no longer pending.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the client was stopped: the message is pending still.</exception>
    public Task SettledAsync(OutgoingMessage message, CancellationToken cancellation = default)
    {
        lock (_gate)
            return message.Settled.Task.OrCancelledAsync(cancellation);
    }

    /// <summary>Sends a refused message again, with the same <c>clientId</c>, after those of its channel that wait.</summary>
    public void Retry(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (message.State != SendState.Failed)
                return;
            (message.State, message.Failure, message.Settled) = (SendState.Pending, null, OutgoingMessage.NewSettled());
        }
        Enter(message);
    }

    /// <summary>Takes a message out of the outbox. One that is on its way may have been stored, and comes with its feed then.</summary>
    public void Discard(OutgoingMessage message) => Settle(message, SendState.Discarded);

    /// <summary>The delta may come before the answer: either makes the message sent. It is known by author and <c>clientId</c>, never by its text or time.</summary>
    internal void Seen(Delta delta)
    {
        if (!FeedName.TryParse(delta.Feed, out var name) || name.Kind != FeedKind.Messages || _me() is not { } me)
            return;
        foreach (var item in delta.Items)
        {
            OutgoingMessage? own;
            lock (_gate)
                own = _waiting.Count > 0 && item.GetProperty("authorId").GetGuid() == me ? _waiting.Find(m => m.ChannelId == name.Id && m.Body.ClientId == item.GetProperty("clientId").GetGuid()) : null;
            if (own is not null)
                Settle(own, SendState.Sent, item.Deserialize<Message>(ContractsJson.Options));
        }
    }

    /// <summary>A page of history may hold what was stored while its answer and its delta were lost.</summary>
    internal void Seen(IReadOnlyList<Message> page)
    {
        if (_me() is not { } me)
            return;
        foreach (var stored in page.Where(m => m.AuthorId == me))
        {
            OutgoingMessage? own;
            lock (_gate)
                own = _waiting.Find(m => m.ChannelId == stored.ChannelId && m.Body.ClientId == stored.ClientId);
            if (own is not null)
                Settle(own, SendState.Sent, stored);
        }
    }

    void Enter(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(message.ChannelId, out var lane))
            {
                lane = _lanes[message.ChannelId] = new OutboxLane(_options.Time);
                _ = RunAsync(message.ChannelId, lane);
            }
            lane.Queue.Enqueue(message);
            if (_stopped.IsCancellationRequested)
                message.Settled.TrySetCanceled(_stopped);
        }
        Handlers.Tell(Changed, message, _saved.LogHandlerFailed);
    }

    void Settle(OutgoingMessage message, SendState state, Message? stored = null, ChatApiException? failure = null)
    {
        lock (_gate)
        {
            // Answer, delta, refusal and discarding meet here; the first that ends it counts, and a refusal ends nothing but a try.
            if (message.State is SendState.Sent or SendState.Discarded || (state == SendState.Failed && message.State != SendState.Pending))
                return;
            (message.State, message.Message, message.Failure) = (state, stored, failure);
            if (state != SendState.Failed)
                _waiting.Remove(message);
            if (_lanes.TryGetValue(message.ChannelId, out var lane))
                lane.Wakeup.Call();
            message.Settled.TrySetResult();
        }
        _saved.Settled(message, _me());
        Handlers.Tell(Changed, message, _saved.LogHandlerFailed);
    }

    void Stop()
    {
        lock (_gate)
            foreach (var message in _waiting)
                message.Settled.TrySetCanceled(_stopped);
    }
}

/// <summary>The messages of one channel that wait for their turn.</summary>
internal sealed class OutboxLane(TimeProvider time)
{
    public Queue<OutgoingMessage> Queue { get; } = new();
    public Wakeup Wakeup { get; } = new(time);
}
