using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>The states of a message that was sent from here.</summary>
public enum SendState
{
    /// <summary>On its way; retried by itself.</summary>
    Pending,

    /// <summary>Stored by the server.</summary>
    Sent,

    /// <summary>Refused for good; see <see cref="OutgoingMessage.Failure"/>. It stays in the outbox until it is retried or discarded.</summary>
    Failed,

    /// <summary>Taken out of the outbox, without knowing whether it was stored.</summary>
    Discarded,
}

/// <summary>A message that was sent from here. Thread-safe to read.</summary>
public sealed class OutgoingMessage
{
    internal OutgoingMessage(Guid channel, PostMessage body, long number) => (ChannelId, Body, Number) = (channel, body, number);

    public Guid ChannelId { get; }

    /// <summary>The body with its <c>clientId</c>, by which the stored message is known again.</summary>
    public PostMessage Body { get; }
    public SendState State { get; internal set; }

    /// <summary>The stored message, once it is sent.</summary>
    public Message? Message { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public ChatApiException? Failure { get; internal set; }

    internal long Number { get; }

    /// <summary>Completes when it is no longer pending.</summary>
    internal TaskCompletionSource Settled { get; set; } = NewSettled();

    internal static TaskCompletionSource NewSettled() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
