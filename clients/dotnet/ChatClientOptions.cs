using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGenius.Client;

/// <summary>How a client behaves. Only <see cref="Address"/> is needed.</summary>
public sealed record ChatClientOptions
{
    /// <summary>The public address of the deployment.</summary>
    public required Uri Address { get; init; }

    /// <summary>The transports that may be used. Default: all, WebSockets first.</summary>
    public HttpTransportType Transports { get; init; } = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;

    /// <summary>The first wait before coming back; it doubles up to <see cref="MaxBackOff"/>, with jitter. Default: 200 ms.</summary>
    public TimeSpan MinBackOff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before coming back. Default: 10 s.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one call may take, by HTTP or to the hub, and opening a connection. Default: 30 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where messages that wait to be sent are kept beyond the life of the process; see <see cref="FileOutboxStore"/>. Default: nowhere, they end with it.</summary>
    public IOutboxStore? OutboxStore { get; init; }

    /// <summary>Clock and timers. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source of jitter; seed it for runs that can be repeated. The client uses it under a lock.</summary>
    public Random Chance { get; init; } = new();

    /// <summary>None, but in tests.</summary>
    internal ChatGenius.Feeds.Bug Bug { get; init; }

    /// <summary>What makes ids of messages, of the time.</summary>
    internal Func<DateTimeOffset, Guid> Ids { get; init; } = Guid.CreateVersion7;

    /// <summary>Where every transition of the connection is logged. Default: nowhere.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
