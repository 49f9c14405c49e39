using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>
/// Keeps what waits in an outbox beyond the life of the process. A message is saved before it is first posted, and removed once it is stored or discarded, so a crash in between costs one more
/// post of the same <c>clientId</c>. A store that fails is logged and holds nothing up. Called one at a time.
/// </summary>
public interface IOutboxStore
{
    /// <summary>All that was saved and not removed, of whomever.</summary>
    Task<IReadOnlyList<WaitingMessage>> LoadAsync(CancellationToken cancellation);

    /// <summary>Saves a message, or saves it again with its failure.</summary>
    Task SaveAsync(WaitingMessage message, CancellationToken cancellation);

    Task RemoveAsync(Guid clientId, CancellationToken cancellation);
}

/// <summary>A message as a store keeps it.</summary>
public sealed record WaitingMessage
{
    /// <summary>Who sent it: it goes out in a session of this user only.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Rises from message to message, over restarts too.</summary>
    public required long Number { get; init; }
    public required Guid ChannelId { get; init; }
    public required PostMessage Body { get; init; }

    /// <summary>The code of the refusal; null while it is pending.</summary>
    public string? FailureCode { get; init; }
    public int FailureStatus { get; init; }
    public string? FailureDetail { get; init; }
}
