namespace ChatGenius.Realtime;

/// <summary>Settings of the realtime service, from the section <c>ChatGenius:Realtime</c>.</summary>
internal sealed class RealtimeSettings
{
    /// <summary>Deltas that may wait for one connection. Default: 256. Beyond it the connection is told to sync.</summary>
    public int QueueDeltas { get; set; } = 256;

    /// <summary>Bytes that may wait for one connection. Default: 1 MB.</summary>
    public int QueueBytes { get; set; } = 1024 * 1024;

    /// <summary>How long one write to a connection may take before it is closed as stalled. Default: 10 seconds.</summary>
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection lives on after its token expired. Default: 10 seconds.</summary>
    public TimeSpan ExpiryGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its token expires a connection is told. Default: 60 seconds.</summary>
    public TimeSpan ExpiryNotice { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Connections of one user on one instance. Default: 100.</summary>
    public int ConnectionsPerUser { get; set; } = 100;

    /// <summary>How long a feed that nobody takes any more is kept at hand. Default: 30 seconds.</summary>
    public TimeSpan FeedLinger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long presence holds unless it is renewed. Default: 30 seconds.</summary>
    public TimeSpan PresenceLease { get; set; } = TimeSpan.FromSeconds(30);
}
