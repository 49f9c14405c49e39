namespace ChatGenius.TestSupport.Network;

/// <summary>How slow a link is. The default is as fast as it can be.</summary>
/// <param name="Latency">Added to each piece that is passed on, in each direction.</param>
/// <param name="Jitter">At most so much more, by chance.</param>
/// <param name="BytesPerSecond">For each connection and direction; 0 for no limit.</param>
public readonly record struct LinkQuality(TimeSpan Latency = default, TimeSpan Jitter = default, int BytesPerSecond = 0);

/// <summary>Which way bytes go.</summary>
public enum Direction
{
    /// <summary>From whoever connected.</summary>
    ToServer,

    /// <summary>To whoever connected.</summary>
    ToClient,
}
