namespace ChatGenius.FaultTests.Crowds;

/// <summary>How many there are of what.</summary>
internal sealed record CrowdSize
{
    /// <summary>Registered users; clients are theirs in turn, several for each.</summary>
    public required int Users { get; init; }

    /// <summary>The project's own clients, on WebSockets, server-sent events and long polling.</summary>
    public required int WebSockets { get; init; }
    public required int ServerSentEvents { get; init; }
    public required int LongPolling { get; init; }

    /// <summary>Clients on bare sockets that note each delta: ones that only read, ones that stop reading while something is broken, ones that reconnect every second.</summary>
    public required int Watching { get; init; }
    public required int Stalling { get; init; }
    public required int Flapping { get; init; }

    /// <summary>Between two things that one of the project's clients does, on average.</summary>
    public required TimeSpan Pace { get; init; }

    public int Clients => WebSockets + ServerSentEvents + LongPolling + Watching + Stalling + Flapping;

    /// <summary>40 clients.</summary>
    public static CrowdSize Small { get; } = new()
    {
        Users = 12, WebSockets = 10, ServerSentEvents = 7, LongPolling = 7, Watching = 8, Stalling = 4, Flapping = 4, Pace = TimeSpan.FromMilliseconds(1000),
    };

    /// <summary>200 clients.</summary>
    public static CrowdSize Large { get; } = new()
    {
        Users = 50, WebSockets = 60, ServerSentEvents = 40, LongPolling = 30, Watching = 40, Stalling = 15, Flapping = 15, Pace = TimeSpan.FromSeconds(4),
    };
}
