namespace ChatGenius.Histories;

/// <summary>A client tries to send a message; each attempt may be noted.</summary>
/// <param name="Body">What it says, or a hash of it; null where nobody looks.</param>
/// <param name="Members">The newest members position that the sender knew of and sent with it: it is accepted there or later.</param>
public sealed record SendAttempted(long At, Guid Author, Guid ClientId, Guid Channel, string? Body = null, Place Members = default) : Observation(At);

/// <summary>The server said that a message is stored.</summary>
/// <param name="Epoch">0 where the answer does not say.</param>
public sealed record SendAcknowledged(long At, Guid Author, Guid ClientId, Guid Channel, Guid Message, long Seq, long Revision, long Epoch = 0) : Observation(At);

/// <summary>The server refused a message for good.</summary>
/// <param name="Code">The stable code.</param>
public sealed record SendRefused(long At, Guid Author, Guid ClientId, Guid Channel, string Code) : Observation(At);

/// <summary>The server said that an entity was changed: edited, deleted, reacted to, read.</summary>
/// <param name="Epoch">0 where the answer does not say.</param>
public sealed record ChangeAcknowledged(long At, Guid User, string Feed, string Key, long Revision, long Epoch = 0) : Observation(At);

/// <summary>What a client shows of a channel.</summary>
/// <param name="Items">Author and clientId of each item on screen, pending ones included.</param>
public sealed record ScreenShown(long At, string Client, Guid Channel, IReadOnlyList<(Guid Author, Guid ClientId)> Items) : Observation(At);
