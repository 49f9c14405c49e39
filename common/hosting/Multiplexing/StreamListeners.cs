using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>
/// Has the server's listeners accept the streams of shared connections beside sockets, so that a request that comes by a stream is one as any other. A stream goes to the listener that its shared
/// connection came by, and only where it is one of TCP. Thread-safe.
/// </summary>
/// <param name="sockets">Accepts sockets.</param>
internal sealed class StreamListeners(SocketTransportFactory sockets) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    readonly ConcurrentDictionary<int, Listener> _listeners = [];

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var inner = await sockets.BindAsync(endpoint, cancellationToken);
        return inner.EndPoint is IPEndPoint { Port: var port } ? _listeners[port] = new Listener(inner) : inner;
    }

    /// <summary>Hands a stream to the listener of a port. False when none accepts there, or too many wait to be accepted.</summary>
    public bool TryAccept(int port, StreamConnection connection) => _listeners.TryGetValue(port, out var listener) && listener.TryAdd(connection);

    /// <summary>Cancelled when the listener of a port accepts no more.</summary>
    public CancellationToken Unbound(int port) => _listeners.TryGetValue(port, out var listener) ? listener.Unbound : new CancellationToken(canceled: true);

    sealed class Listener(IConnectionListener sockets) : IConnectionListener
    {
        /// <summary>Streams that wait to be accepted; the server accepts at once, so it is only ever reached when it hangs.</summary>
        const int Backlog = 4096;

        readonly Channel<ConnectionContext> _streams = Channel.CreateBounded<ConnectionContext>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        readonly CancellationTokenSource _unbound = new();
        Task<ConnectionContext?>? _socket;
        Task<bool>? _stream;

        public EndPoint EndPoint => sockets.EndPoint;
        public CancellationToken Unbound => _unbound.Token;

        public bool TryAdd(ConnectionContext connection) => _streams.Writer.TryWrite(connection);

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                if (_streams.Reader.TryRead(out var stream))
                    return stream;
                _socket ??= sockets.AcceptAsync(cancellationToken).AsTask();
                _stream ??= _streams.Reader.WaitToReadAsync(cancellationToken).AsTask();
                await Task.WhenAny(_socket, _stream);
                if (_stream.IsCompleted && await _stream)
                {
                    _stream = null;
                    continue;
                }
                // The next socket, or that there is none; no more streams come then.
                var accepted = _socket;
                _socket = null;
                return await accepted;
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _streams.Writer.TryComplete();
            await _unbound.CancelAsync();
            await sockets.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            while (_streams.Reader.TryRead(out var never))
                await never.DisposeAsync();
            await sockets.DisposeAsync();
        }
    }
}
