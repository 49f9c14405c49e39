using System.Net;
using System.Net.Sockets;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Network;

/// <summary>
/// A TCP link whose faults are switched at run time. It listens on a port of its own and passes bytes on to its target. Faults hold for present and future connections until
/// <see cref="Heal"/>. Bytes are never lost within a connection that lives on: as with TCP, they come late or the connection ends. Thread-safe.
/// </summary>
/// <param name="from">Who connects.</param>
/// <param name="to">To whom.</param>
/// <param name="target">Where that is.</param>
/// <param name="port">Where to listen, on 127.0.0.1; a free port where nothing is said.</param>
/// <param name="chance">The source of jitter; seed it for runs that can be repeated.</param>
public sealed class FaultProxy(string from, string to, DnsEndPoint target, int? port = null, Random? chance = null) : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly Random _chance = chance ?? new Random(1);
    readonly HashSet<ProxiedConnection> _connections = [];
    Socket? _listener;
    bool _refusing;
    bool _disposed;

    /// <summary>Who connects.</summary>
    public string From => from;

    /// <summary>To whom.</summary>
    public string To => to;

    /// <summary>Where it listens, on 127.0.0.1; the same over refusals.</summary>
    public int Port { get; } = port ?? FreePort.Next();

    /// <summary>Where new connections lead.</summary>
    public DnsEndPoint Target { get; set; } = target;

    /// <summary>How slow the link is, from now on.</summary>
    public LinkQuality Quality { get; set; }

    /// <summary>Shown each piece before it is passed on. Called from many threads; must be quick.</summary>
    public Action<Direction, ReadOnlyMemory<byte>>? Seen { get; set; }

    /// <summary>How many connections were taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>How many connections there are.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _connections.Count;
        }
    }

    internal LinkGate ToServer { get; } = new();
    internal LinkGate ToClient { get; } = new();

    /// <summary>Begins to listen.</summary>
    public FaultProxy Start()
    {
        Listen();
        return this;
    }

    /// <summary>Bytes in this direction wait from now on, in the proxy and then in the sender's buffers: its reader seems to have stopped reading.</summary>
    public void Hold(Direction direction) => GateOf(direction).Close();

    /// <summary>Every connection becomes half-open: it stands for both ends and nothing comes through any more; new ones are accepted and likewise mute. Healing resets them.</summary>
    public void Mute()
    {
        lock (_gate)
        {
            IsMute = true;
            foreach (var connection in _connections)
                connection.IsMute = true;
        }
    }

    /// <summary>Each connection is reset once so many more bytes have passed it in this direction.</summary>
    public void CutAfter(Direction direction, long bytes)
    {
        lock (_gate)
        {
            Cut = (direction, bytes);
            foreach (var connection in _connections)
                connection.Cut = Cut;
        }
    }

    /// <summary>Resets all connections; new ones are taken.</summary>
    public void Reset()
    {
        ProxiedConnection[] all;
        lock (_gate)
            all = [.. _connections];
        foreach (var connection in all)
            connection.Reset();
    }

    /// <summary>Refuses connections, as a port on which nobody listens, and resets those that there are.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            if (_refusing)
                return;
            _refusing = true;
            _listener?.Dispose();
            // Bound and not listening: refused by the system, and nobody else's port meanwhile.
            _listener = Bound();
        }
        Reset();
    }

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        ProxiedConnection[] mute;
        lock (_gate)
        {
            (IsMute, Cut, Quality) = (false, null, default);
            foreach (var connection in _connections)
                connection.Cut = null;
            mute = [.. _connections.Where(connection => connection.IsMute)];
            if (_refusing)
            {
                _refusing = false;
                _listener?.Dispose();
                Listen();
            }
        }
        foreach (var connection in mute)
            connection.Reset();
        ToServer.Open();
        ToClient.Open();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _listener?.Dispose();
        }
        Heal();
        Reset();
        return ValueTask.CompletedTask;
    }

    internal bool IsMute { get; private set; }
    internal (Direction Direction, long Bytes)? Cut { get; private set; }

    internal LinkGate GateOf(Direction direction) => direction == Direction.ToServer ? ToServer : ToClient;

    internal TimeSpan DelayOf(int bytes)
    {
        var quality = Quality;
        if (quality == default)
            return TimeSpan.Zero;
        double share;
        lock (_chance)
            share = _chance.NextDouble();
        return quality.Latency + quality.Jitter * share + (quality.BytesPerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)bytes / quality.BytesPerSecond));
    }

    internal void Ended(ProxiedConnection connection)
    {
        lock (_gate)
            _connections.Remove(connection);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{from} > {to}";

    void Listen()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var listener = Bound();
            listener.Listen(2048);
            _listener = listener;
            _ = TakeAsync(listener);
        }
    }

    Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        return socket;
    }

    async Task TakeAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                return;
            }
            var connection = new ProxiedConnection(this, client);
            lock (_gate)
            {
                Taken++;
                (connection.IsMute, connection.Cut) = (IsMute, Cut);
                _connections.Add(connection);
            }
            _ = connection.RunAsync();
        }
    }
}
