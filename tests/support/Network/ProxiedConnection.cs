using System.Net.Sockets;

namespace ChatGenius.TestSupport.Network;

/// <summary>One connection through a <see cref="FaultProxy"/>: two sockets and a pump each way.</summary>
sealed class ProxiedConnection(FaultProxy proxy, Socket client)
{
    const int Piece = 16 * 1024;

    readonly CancellationTokenSource _over = new();
    readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    (Direction Direction, long Bytes)? _cut;
    int _ended;

    /// <summary>True when it is half-open: whatever comes is kept from the other end for ever.</summary>
    public volatile bool IsMute;

    /// <summary>After how many more bytes in which direction it is reset; null for never.</summary>
    public (Direction Direction, long Bytes)? Cut
    {
        get
        {
            lock (_over)
                return _cut;
        }
        set
        {
            lock (_over)
                _cut = value;
        }
    }

    public async Task RunAsync()
    {
        client.NoDelay = true;
        try
        {
            if (IsMute)
                await Task.Delay(Timeout.Infinite, _over.Token);
            await _server.ConnectAsync(proxy.Target, _over.Token);
            await Task.WhenAll(PumpAsync(client, _server, Direction.ToServer), PumpAsync(_server, client, Direction.ToClient));
            // Both ends had said that they are done.
            End(reset: false);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
        proxy.Ended(this);
    }

    /// <summary>Ends it as a lost peer does: both ends are told that it was reset.</summary>
    public void Reset() => End(reset: true);

    void End(bool reset)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
            return;
        _over.Cancel();
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                if (reset)
                    socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It never stood or is gone already.
            }
            socket.Dispose();
        }
    }

    async Task PumpAsync(Socket from, Socket to, Direction direction)
    {
        try
        {
            var buffer = new byte[Piece];
            while (true)
            {
                await proxy.GateOf(direction).Passable.WaitAsync(_over.Token);
                var count = await from.ReceiveAsync(buffer, _over.Token);
                if (IsMute)
                    await Task.Delay(Timeout.Infinite, _over.Token);
                if (proxy.DelayOf(count) is var delay && delay > TimeSpan.Zero)
                    await Task.Delay(delay, _over.Token);
                await proxy.GateOf(direction).Passable.WaitAsync(_over.Token);
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }
                proxy.Seen?.Invoke(direction, buffer.AsMemory(0, count));
                var (passes, cut) = Passing(direction, count);
                for (var sent = 0; sent < passes;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, passes - sent), _over.Token);
                if (cut)
                {
                    Reset();
                    return;
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
    }

    (int Passes, bool Cut) Passing(Direction direction, int count)
    {
        lock (_over)
        {
            if (_cut is not { } cut || cut.Direction != direction)
                return (count, false);
            if (cut.Bytes < count)
                return ((int)cut.Bytes, true);
            _cut = (direction, cut.Bytes - count);
            return (count, false);
        }
    }
}
