using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ChatGenius.Bench.Checking;

namespace ChatGenius.Bench.Wires;

/// <summary>A client of a hub that sends each message by itself: <c>bench/peers/signalr</c>.</summary>
internal sealed class StockWire : SignalRWire
{
    readonly Tally? _tally;
    readonly ConcurrentDictionary<int, TaskCompletionSource> _calls = new();
    int _lastCall;

    StockWire(Socket socket, Tally? tally) : base(socket) => _tally = tally;

    public static async Task<StockWire> OpenAsync(Uri address, Tally? tally, int receiveBuffer = 0)
    {
        var wire = new StockWire(await ConnectAsync(address, receiveBuffer), tally);
        try
        {
            await wire.ShakeAsync(address, "/hub");
            return wire;
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method and waits for its completion.</summary>
    /// <param name="arguments">As JSON, separated by commas.</param>
    public async Task CallAsync(string method, string arguments)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var completed = _calls[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{method}\",\"arguments\":[{arguments}]}}\u001e"));
        await Task.WhenAny(completed.Task, Over);
        if (!completed.Task.IsCompleted)
            throw new IOException("The connection ended.", Loss);
        await completed.Task;
    }

    protected override void HadRecord(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith("{\"type\":1"u8))
        {
            if (Marker.TryTake(ref record, out var marker))
                _tally?.Had(marker);
        }
        else if (record.StartsWith("{\"type\":3,\"invocationId\":\""u8) && Utf8Parser.TryParse(record[26..], out int id, out _) && _calls.TryRemove(id, out var call))
        {
            if (record.IndexOf("\"error\":"u8) >= 0)
                call.TrySetException(new IOException(Encoding.UTF8.GetString(record)));
            else
                call.TrySetResult();
        }
        else if (record.StartsWith("{\"type\":7"u8) || record.StartsWith("{\"error\""u8))
            throw new IOException(Encoding.UTF8.GetString(record));
    }
}
