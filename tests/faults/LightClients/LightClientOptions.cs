using ChatGenius.Contracts.Feeds;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>Who a light client is and what it watches.</summary>
internal sealed record LightClientOptions
{
    public required string Name { get; init; }
    public required Account Account { get; init; }
    public required Uri Address { get; init; }
    public required IReadOnlyList<FeedName> Feeds { get; init; }
    public required RunClock Clock { get; init; }

    /// <summary>Where it notes what it sees; null for nowhere.</summary>
    public HistoryLog? Log { get; init; }

    /// <summary>Told of each delta that was applied.</summary>
    public Action<Delta>? Applied { get; init; }

    /// <summary>False for a client that only stands where it should.</summary>
    public bool Keep { get; init; } = true;

    /// <summary>
    /// Bytes that the system takes in while it does not read; 0 for the system's own measure. A small one makes the way back slow: once the window is less than a segment, Linux sends only
    /// when its persist timer fires, every 200 ms.
    /// </summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>True for one who does not renew its token when it is told to, and so is closed.</summary>
    public bool Forgetful { get; init; }

    /// <summary>True for one who stops reading: when it reads something says nothing of when that was delivered.</summary>
    public bool ReadsLate { get; init; }

    /// <summary>The source of jitter; its own.</summary>
    public Random Chance { get; init; } = new(1);

    /// <summary>The wait before it comes back: jittered, doubling from 0.1 s to 1 s.</summary>
    public TimeSpan BackOff(int failures) => TimeSpan.FromMilliseconds(Math.Min(1000, 100 << Math.Min(failures, 4)) * (0.5 + Chance.NextDouble() / 2));
}
