using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ChatGenius.Hosting.Multiplexing;
using ChatGenius.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace ChatGenius.Gateway.Routing;

/// <summary>
/// The few connections to each instance of realtime that its many clients share (docs/adr/0031). They are opened when they are first needed, and again when they are over. An instance that does not know
/// how to share, as one of an earlier version, is asked again after a while, and has connections of their own until then. Thread-safe.
/// </summary>
/// <param name="settings">The key that services show each other.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">What is logged.</param>
internal sealed partial class SharedConnections(IOptions<ChatGeniusSettings> settings, TimeProvider time, ILogger<SharedConnections> logger) : IDisposable
{
    /// <summary>Connections to each instance: one is read by one processor at a time.</summary>
    static readonly int s_each = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>How long an instance that does not share is not asked again.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer's head.</summary>
    const int MaxHead = 8 * 1024;

    readonly ConcurrentDictionary<DnsEndPoint, Place[]> _places = [];
    readonly CancellationTokenSource _ending = new();
    uint _next;

    /// <summary>Opens a stream to an instance; null where it does not share.</summary>
    /// <exception cref="Exception">It cannot be connected to; as a socket says so.</exception>
    public async ValueTask<MultiplexedStream?> TryOpenAsync(DnsEndPoint instance, CancellationToken cancellation)
    {
        var places = _places.GetOrAdd(instance, _ => [.. Enumerable.Range(0, s_each).Select(_ => new Place())]);
        var place = places[Interlocked.Increment(ref _next) % places.Length];
        while (true)
        {
            var dialled = Dialled(place, instance);
            MultiplexedConnection? shared;
            try
            {
                shared = await dialled.WaitAsync(cancellation);
            }
            catch when (dialled.IsFaulted || dialled.IsCanceled)
            {
                Forget(place, dialled);
                throw;
            }
            if (shared?.TryOpen() is { } stream)
                return stream;
            if (shared is not null || time.GetElapsedTime(place.Asked) > Rest)
                Forget(place, dialled);
            if (shared is null)
                return null;
        }
    }

    public void Dispose() => _ending.Cancel();

    // Whoever comes first connects, for all; so nobody's patience but that of connecting ends it.
    Task<MultiplexedConnection?> Dialled(Place place, DnsEndPoint instance)
    {
        lock (place)
        {
            if (place.Dialled is null)
                (place.Asked, place.Dialled) = (time.GetTimestamp(), DialAsync(instance));
            return place.Dialled;
        }
    }

    static void Forget(Place place, Task<MultiplexedConnection?> dialled)
    {
        lock (place)
            if (place.Dialled == dialled)
                place.Dialled = null;
    }

    async Task<MultiplexedConnection?> DialAsync(DnsEndPoint instance)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        patience.CancelAfter(ServiceConnections.ConnectTimeout);
        var connection = await ServiceConnections.ConnectAsync(instance, patience.Token);
        var status = 0;
        try
        {
            status = await AskAsync(connection, instance, patience.Token);
        }
        finally
        {
            if (status != StatusCodes.Status101SwitchingProtocols)
                await connection.DisposeAsync();
        }
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            LogUnshared(logger, instance, status);
            return null;
        }
        var shared = new MultiplexedConnection(connection, null, time, logger);
        _ = shared.RunAsync(_ending.Token);
        return shared;
    }

    // The status of the answer. It is read byte by byte, since what follows it is the first frame; that is done a few times in the life of an instance.
    async Task<int> AskAsync(Stream connection, DnsEndPoint instance, CancellationToken cancellation)
    {
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {Multiplexing.Path} HTTP/1.1\r\nHost: {instance.Host}:{instance.Port}\r\nConnection: Upgrade\r\nUpgrade: {Multiplexing.Protocol}\r\nAuthorization: Service {settings.Value.ServiceKey}\r\n\r\n"), cancellation);
        var head = new byte[MaxHead];
        var length = 0;
        do
            await connection.ReadExactlyAsync(head.AsMemory(length++, 1), cancellation);
        while (length < head.Length && !head.AsSpan(0, length).EndsWith("\r\n\r\n"u8));
        return head.AsSpan().StartsWith("HTTP/1.1 "u8) && int.TryParse(head.AsSpan(9, 3), out var status) ? status : 0;
    }

    [LoggerMessage(7101, LogLevel.Debug, "{Instance} shares no connections (status {Status}); clients have one each to it.")]
    static partial void LogUnshared(ILogger logger, DnsEndPoint instance, int status);

    /// <summary>Where one of an instance's shared connections is, or is being made. Locked by itself.</summary>
    sealed class Place
    {
        public Task<MultiplexedConnection?>? Dialled { get; set; }
        public long Asked { get; set; }
    }
}
