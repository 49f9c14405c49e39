using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>
/// Sends messages until the server has stored or refused them, whatever the network does; the same <c>clientId</c> goes out each time, so a message is never stored twice.
/// Messages of one channel go one after the other, in the order they were sent. Thread-safe.
/// </summary>
public sealed class Outbox
{
    readonly Lock _gate = new();
    readonly ChatApi _api;
    readonly ChatClientOptions _options;
    readonly Func<Guid?> _me;
    readonly Action<Message> _stored;
    readonly CancellationToken _stopped;
    readonly List<OutgoingMessage> _waiting = [];
    readonly Dictionary<Guid, Lane> _lanes = [];

    internal Outbox(ChatApi api, ChatClientOptions options, Func<Guid?> me, Action<Message> stored, CancellationToken stopped)
    {
        (_api, _options, _me, _stored, _stopped) = (api, options, me, stored, stopped);
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

    /// <summary>Raised when a message enters the outbox or changes its state.</summary>
    public event Action<OutgoingMessage>? Changed;

    /// <summary>Puts a message into the outbox and returns at once.</summary>
    /// <param name="members">The newest members position that the caller knows of, kept with the message.</param>
    public OutgoingMessage Send(Guid channel, string text, Guid? thread = null, IReadOnlyList<Guid>? mentions = null, Fence? members = null)
    {
        var message = new OutgoingMessage(channel, new PostMessage
        {
            ClientId = _options.Ids(_options.Time.GetUtcNow()),
            Text = text,
            ThreadId = thread,
            Mentions = mentions,
            Members = members,
        });
        lock (_gate)
            _waiting.Add(message);
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

    /// <summary>The delta may come before the answer: either makes the message sent.</summary>
    internal void Seen(Guid author, Guid clientId, Func<Message> message)
    {
        OutgoingMessage? own;
        lock (_gate)
            own = author == _me() ? _waiting.Find(m => m.Body.ClientId == clientId) : null;
        if (own is not null)
            Settle(own, SendState.Sent, message());
    }

    /// <summary>True when nothing waits, so that nothing can be seen.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _waiting.Count == 0;
        }
    }

    void Enter(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(message.ChannelId, out var lane))
            {
                lane = _lanes[message.ChannelId] = new Lane(new Wakeup(_options.Time));
                _ = RunAsync(message.ChannelId, lane);
            }
            lane.Queue.Enqueue(message);
            if (_stopped.IsCancellationRequested)
                message.Settled.TrySetCanceled(_stopped);
        }
        Changed?.Invoke(message);
    }

    void Stop()
    {
        lock (_gate)
            foreach (var message in _waiting)
                message.Settled.TrySetCanceled(_stopped);
    }

    void Settle(OutgoingMessage message, SendState state, Message? stored = null, ChatApiException? failure = null)
    {
        lock (_gate)
        {
            // Answer, delta, refusal and discarding meet here; the first that ends it counts.
            if (message.State is SendState.Sent or SendState.Discarded || (message.State == SendState.Failed && state == SendState.Failed))
                return;
            (message.State, message.Message, message.Failure) = (state, stored, failure);
            if (state != SendState.Failed)
                _waiting.Remove(message);
            if (_lanes.TryGetValue(message.ChannelId, out var lane))
                lane.Wakeup.Call();
            message.Settled.TrySetResult();
        }
        Changed?.Invoke(message);
    }

    async Task RunAsync(Guid channel, Lane lane)
    {
        await Task.Yield();
        while (!_stopped.IsCancellationRequested)
        {
            OutgoingMessage? message;
            lock (_gate)
                if (!lane.Queue.TryDequeue(out message))
                {
                    _lanes.Remove(channel);
                    return;
                }
            for (var attempt = 0; message.State == SendState.Pending && !_stopped.IsCancellationRequested; attempt++)
                if (await TryAsync(message, attempt) is { } wait)
                    await lane.Wakeup.WaitAsync(wait, _stopped);
        }
    }

    // Null when the message is settled, else how long to wait before the next attempt.
    async Task<TimeSpan?> TryAsync(OutgoingMessage message, int attempt)
    {
        try
        {
            var stored = await _api.PostAsync(message.ChannelId, message.Body, _stopped);
            Settle(message, SendState.Sent, stored);
            _stored(stored);
            return null;
        }
        catch (ChatApiException refused) when (!refused.IsPassing)
        {
            Settle(message, SendState.Failed, failure: refused);
            return null;
        }
        catch (ChatApiException passing)
        {
            return passing.RetryAfter ?? BackOff.After(attempt, _options);
        }
        catch (Exception away) when (away is not OutOfMemoryException)
        {
            // Nobody knows whether it was stored: the same clientId asks again.
            return BackOff.After(attempt, _options);
        }
    }

    sealed record Lane(Wakeup Wakeup)
    {
        public Queue<OutgoingMessage> Queue { get; } = new();
    }
}
