using System.Diagnostics;

namespace ChatGenius.Realtime.Connections;

/// <summary>Where a delta comes from, for those who measure and trace; nothing depends on it.</summary>
/// <param name="At">When its commit was there; null when nobody knows.</param>
/// <param name="Trace">The trace that it belongs to; default when it is not traced.</param>
internal readonly record struct DeliveryOrigin(DateTimeOffset? At, ActivityContext Trace = default)
{
    /// <summary>The origin of two deltas that became one: the older commit's, since its readers wait longer.</summary>
    public DeliveryOrigin Or(DeliveryOrigin later) => At is not null && (later.At is null || At <= later.At) ? this : later;
}
