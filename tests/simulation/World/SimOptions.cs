using ChatGenius.Realtime;
using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.SimulationTests.World;

/// <summary>How large the world is, and the settings of its services.</summary>
internal sealed record SimOptions
{
    public int Channels { get; init; } = 1;

    /// <summary>Messages in each channel from the start.</summary>
    public int Messages { get; init; }
    public int Clients { get; init; } = 3;
    public int MessagesInstances { get; init; } = 2;
    public int RealtimeInstances { get; init; } = 2;

    /// <summary>The followers' tick.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a feed that nobody reads is kept on an instance.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an access token lives.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a feed rests after each delta.</summary>
    public DeliveryPace Pace { get; init; }

    /// <summary>By how much the clock of a machine on which a database is brought back may be late: what is restored later then need not have the later epoch.</summary>
    public TimeSpan ClocksApart { get; init; }

    public RealtimeSettings Realtime { get; init; } = new();
}
