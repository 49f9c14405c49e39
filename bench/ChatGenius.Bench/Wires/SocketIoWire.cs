using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ChatGenius.Bench.Checking;

namespace ChatGenius.Bench.Wires;

/// <summary>
/// A client of Socket.IO 4 on engine.io's WebSocket transport: texts such as <c>42["event",…]</c>, and <c>43n[…]</c> for an acknowledgement. As careful clients do, it takes a message once by its id,
/// and what comes while it joins again after what it had missed.
/// </summary>
internal sealed class SocketIoWire : WebSocketWire
{
    readonly Tally? _tally;
    readonly string _token;
    readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConcurrentDictionary<int, TaskCompletionSource> _calls = new();
    int _lastCall;
    readonly HashSet<long> _seen;
    readonly List<byte[]> _held = [];
    volatile bool _joining;
    long _lastId;

    SocketIoWire(Socket socket, string token, Tally? tally, SocketIoWire? before) : base(socket) =>
        (_token, _tally, _seen, _lastId) = (token, tally, before?._seen ?? [], before?._lastId ?? 0);

    /// <summary>The highest id of a message that it had.</summary>
    public long LastId => _lastId;

    /// <summary>Connects with a token in the handshake.</summary>
    /// <param name="tally">Where messages are counted; null for one that only sends.</param>
    /// <param name="before">The connection after which it comes.</param>
    public static async Task<SocketIoWire> OpenAsync(Uri address, string token, Tally? tally, int receiveBuffer = 0, SocketIoWire? before = null)
    {
        var wire = new SocketIoWire(await ConnectAsync(address, receiveBuffer), token, tally, before);
        try
        {
            await wire.UpgradeAsync(address, "/socket.io/?EIO=4&transport=websocket");
            await wire.WhileOpenAsync(wire._connected.Task);
            return wire;
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <summary>Emits an event and waits for the acknowledgement.</summary>
    /// <param name="argument">As JSON.</param>
    public async Task CallAsync(string name, string argument)
    {
        if (name == "join")
            _joining = true;
        var id = Interlocked.Increment(ref _lastCall);
        var acknowledged = _calls[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(Encoding.UTF8.GetBytes($"42{id}[\"{name}\",{argument}]"));
        await WhileOpenAsync(acknowledged.Task);
    }

    protected override void Had(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("42["u8))
        {
            if (_joining)
                _held.Add(message.ToArray());
            else
                HadMessages(message);
        }
        else if (message.StartsWith("43"u8) && Utf8Parser.TryParse(message[2..], out int id, out _))
        {
            if (!_calls.TryRemove(id, out var call))
                return;
            if (message.IndexOf("\"error\":"u8) >= 0)
                call.TrySetException(new IOException(Encoding.UTF8.GetString(message)));
            else
            {
                // What was missed comes with the answer to "join".
                if (message.IndexOf("\"missed\":"u8) >= 0)
                {
                    HadMessages(message);
                    foreach (var held in _held)
                        HadMessages(held);
                    _held.Clear();
                    _joining = false;
                }
                call.TrySetResult();
            }
        }
        else if (message.SequenceEqual("2"u8))
            Send("3"u8);
        else if (message.StartsWith("0"u8))
            Send(Encoding.UTF8.GetBytes($"40{{\"token\":\"{_token}\"}}"));
        else if (message.StartsWith("40"u8))
            _connected.TrySetResult();
        else if (message.StartsWith("44"u8))
            throw new IOException(Encoding.UTF8.GetString(message));
    }

    void HadMessages(ReadOnlySpan<byte> message)
    {
        while (message.IndexOf("\"id\":\""u8) is var at && at >= 0)
        {
            if (Utf8Parser.TryParse(message[(at + 6)..], out long id, out _) && id > _lastId)
                _lastId = id;
            message = message[(at + 6)..];
            if (Marker.TryTake(ref message, out var marker) && _tally is not null && _seen.Add(id))
                _tally.Had(marker);
        }
    }

    async Task WhileOpenAsync(Task task)
    {
        await Task.WhenAny(task, Over);
        if (!task.IsCompleted)
            throw new IOException("The connection ended.", Loss);
        await task;
    }
}
