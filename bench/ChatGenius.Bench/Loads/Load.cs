using System.Diagnostics;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Loads;

/// <summary>Sends to a scene's channels until it is stopped.</summary>
internal sealed class Load
{
    readonly Scene _scene;
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _sending;

    Load(Scene scene, Func<Load, int, Task> send)
    {
        _scene = scene;
        _sending = [.. Enumerable.Range(0, scene.Size.Senders).Select(sender => send(this, sender))];
    }

    /// <summary>From when a message was due until it was acknowledged.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>From when a message was due until it was sent, of those whose sender had nothing else to wait for: how late the load itself is. Part of <see cref="Latency"/>.</summary>
    public Histogram Late { get; } = new();

    /// <summary>Each sender sends its next message when its last one is acknowledged: as much as the system takes.</summary>
    public static Load Closed(Scene scene) => new(scene, static (load, sender) => load.ClosedAsync(sender));

    /// <summary>As <see cref="Closed"/>, but no more than so many messages are on their way to readers: as much as the system delivers without falling behind.</summary>
    public static Load Delivered(Scene scene, int window) => new(scene, (load, sender) => load.DeliveredAsync(sender, window));

    /// <summary>Messages are due at a steady rate, whatever the system does; how late they are counts from when they were due, so that a stall is seen by every message that it delays.</summary>
    /// <param name="perSecond">For all senders together.</param>
    public static Load Open(Scene scene, double perSecond) => new(scene, (load, sender) => load.OpenAsync(sender, perSecond));

    /// <summary>Sends no more, and waits until all that was sent is acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_sending);
        _stop.Dispose();
    }

    /// <summary>Fails when a sender has failed.</summary>
    public async Task ThrowIfFailedAsync()
    {
        foreach (var sending in _sending.Where(sending => sending.IsFaulted))
            await sending;
    }

    async Task ClosedAsync(int sender)
    {
        await Task.Yield();
        var (channels, text) = (_scene.Size.ChannelsOf(sender), new byte[Marker.TextLength]);
        for (var i = 0; !_stop.IsCancellationRequested; i++)
            await SendAsync(sender, channels[i % channels.Count], Stopwatch.GetTimestamp(), text);
    }

    async Task DeliveredAsync(int sender, int window)
    {
        await Task.Yield();
        var text = new byte[Marker.TextLength];
        var channels = _scene.Size.ChannelsOf(sender);
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            await SendAsync(sender, channels[i % channels.Count], Stopwatch.GetTimestamp(), text);
            while ((_scene.Ledger.Total - window) * _scene.Readers.Count > _scene.Deliveries.Count && !_stop.IsCancellationRequested)
                await Task.Delay(1);
        }
    }

    async Task OpenAsync(int sender, double perSecond)
    {
        await Task.Yield();
        var (channels, text) = (_scene.Size.ChannelsOf(sender), new byte[Marker.TextLength]);
        var (begin, senders) = (Stopwatch.GetTimestamp(), _scene.Size.Senders);
        for (long i = 0; ; i++)
        {
            var due = begin + (long)((i * senders + sender) / perSecond * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Late.Since(due);
            }
            if (_stop.IsCancellationRequested)
                return;
            await SendAsync(sender, channels[(int)(i % channels.Count)], due, text);
        }
    }

    async ValueTask SendAsync(int sender, int channel, long due, byte[] text)
    {
        var id = _scene.Ledger.NextId();
        new Marker(due, id, channel, sender).Write(text);
        await _scene.Senders[sender].SendAsync(channel, text);
        Latency.Since(due);
        _scene.Ledger.Acknowledged(channel, id);
    }
}
