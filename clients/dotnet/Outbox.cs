using System.Collections.Concurrent;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>The states of a message that was sent from here.</summary>
public enum SendState
{
    /// <summary>On its way; retried by itself.</summary>
    Pending,

    /// <summary>Stored by the server.</summary>
    Sent,

    /// <summary>Refused for good; see <see cref="OutgoingMessage.Failure"/>.</summary>
    Failed,
}

/// <summary>A message that was sent from here. Thread-safe to read.</summary>
public sealed class OutgoingMessage
{
    internal OutgoingMessage(Guid channel, PostMessage body) => (ChannelId, Body) = (channel, body);

    public Guid ChannelId { get; }

    /// <summary>The body with its <c>clientId</c>, by which the stored message is known again.</summary>
    public PostMessage Body { get; }
    public SendState State { get; internal set; }

    /// <summary>The stored message, once it is sent.</summary>
    public Message? Message { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public ChatApiException? Failure { get; internal set; }
}

/// <summary>
/// Sends messages until the server has stored or refused them, whatever the network does; the same <c>clientId</c> goes out each time, so a message is never stored twice.
/// Messages of one channel go one after the other, in the order they were sent. Thread-safe.
/// </summary>
public sealed class Outbox
{
    readonly ChatApi _api;
    readonly ChatClientOptions _options;
    readonly Action<Message> _stored;
    readonly ConcurrentDictionary<Guid, Task> _tails = new();
    readonly ConcurrentDictionary<Guid, OutgoingMessage> _waiting = new();

    internal Outbox(ChatApi api, ChatClientOptions options, Action<Message> stored) => (_api, _options, _stored) = (api, options, stored);

    /// <summary>Messages that were not stored yet, or were refused.</summary>
    public IReadOnlyCollection<OutgoingMessage> Waiting => [.. _waiting.Values];

    /// <summary>Sends a message. The task ends when it is stored or refused; a cancelled one leaves the outbox without knowing whether it was stored.</summary>
    /// <param name="members">The newest members position that the caller knows of, kept with the message.</param>
    public async Task<OutgoingMessage> SendAsync(Guid channel, string text, Guid? thread = null, IReadOnlyList<Guid>? mentions = null, Fence? members = null, CancellationToken cancellation = default)
    {
        var message = new OutgoingMessage(channel, new PostMessage
        {
            ClientId = Guid.CreateVersion7(_options.Time.GetUtcNow()),
            Text = text,
            ThreadId = thread,
            Mentions = mentions,
            Members = members,
        });
        _waiting[message.Body.ClientId] = message;
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Task.CompletedTask;
        _ = _tails.AddOrUpdate(channel, sent.Task, (_, tail) =>
        {
            before = tail;
            return sent.Task;
        });
        try
        {
            await before.WaitAsync(cancellation);
            await DeliverAsync(message, cancellation);
            return message;
        }
        finally
        {
            if (message.State != SendState.Failed)
                _waiting.TryRemove(message.Body.ClientId, out _);
            sent.SetResult();
        }
    }

    /// <summary>The delta may come before the answer: either makes the message sent.</summary>
    internal void Seen(Message message)
    {
        if (_waiting.TryGetValue(message.ClientId, out var pending) && pending.State == SendState.Pending)
            (pending.Message, pending.State) = (message, SendState.Sent);
    }

    async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var wait = BackOff.After(attempt, _options);
            try
            {
                var stored = await _api.PostAsync(message.ChannelId, message.Body, cancellation);
                (message.Message, message.State) = (stored, SendState.Sent);
                _stored(stored);
                return;
            }
            catch (ChatApiException refused) when (!refused.IsPassing)
            {
                (message.Failure, message.State) = (refused, SendState.Failed);
                return;
            }
            catch (ChatApiException passing)
            {
                wait = passing.RetryAfter ?? wait;
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // Nobody knows whether it was stored: the same clientId asks again.
            }
            await Task.Delay(wait, _options.Time, cancellation);
        }
    }
}
