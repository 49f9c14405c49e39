namespace ChatGenius.Histories;

/// <summary>Something that a client or the harness saw. Times are milliseconds of one clock for the whole run, real or virtual.</summary>
/// <param name="At">When.</param>
public abstract record Observation(long At);

/// <summary>A fault begins: convergence is not asked for until it heals.</summary>
/// <param name="What">Names the fault; the same name heals it.</param>
public sealed record FaultBegan(long At, string What) : Observation(At);

/// <summary>A fault is over; one that did not begin is taken to have been there from the start.</summary>
public sealed record FaultHealed(long At, string What) : Observation(At);

/// <summary>An owner was restored to an older state: what it acknowledged in epochs before the new one may be gone.</summary>
/// <param name="Owner">The service, as <c>FeedName.Owner</c> calls it.</param>
/// <param name="Epoch">The epoch that the restore began.</param>
public sealed record HistoryRestored(long At, string Owner, long Epoch) : Observation(At);

/// <summary>The harness saw an owner at this head: every reader has to get there.</summary>
public sealed record OwnerStood(long At, string Feed, Place Head) : Observation(At);

/// <summary>A membership was changed and the owner said so. Ask again until it answers; a change that nobody answered is not known here.</summary>
/// <param name="Joined">False for a removal or a leaving.</param>
/// <param name="Members">The members position at which it happened: epoch and the membership's own revision.</param>
/// <param name="AskedAt">When it was first asked for; it may have happened from then on. <paramref name="At"/> where nothing is said.</param>
public sealed record MembershipChanged(long At, Guid Channel, Guid User, bool Joined, Place Members, long? AskedAt = null) : Observation(At);

/// <summary>A session was revoked or signed out, and the owner said so.</summary>
public sealed record SessionEnded(long At, string Session) : Observation(At);
