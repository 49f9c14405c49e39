namespace ChatGenius.Histories;

/// <summary>The bounds of what is promised, in milliseconds.</summary>
public sealed record CheckOptions
{
    /// <summary>From the last healing, write or reconnect to the head. Default: 10 s.</summary>
    public long ConvergenceBound { get; init; } = 10_000;

    /// <summary>From the end of a session to the end of its connections and of all delivery. Default: 2 s.</summary>
    public long RevocationBound { get; init; } = 2_000;

    /// <summary>From the expiry of a token to the end of all delivery. Default: 10 s, the default of the setting <c>ChatGenius__Realtime__ExpiryGrace</c>, and 1 s to close.</summary>
    public long ExpiryGrace { get; init; } = 11_000;
}
