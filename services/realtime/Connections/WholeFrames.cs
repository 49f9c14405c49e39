using System.IO.Pipelines;
using ChatGenius.Hosting.Upgrades;
using ChatGenius.Realtime.Hubs;
using ChatGenius.Realtime.Opening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGenius.Realtime.Connections;

/// <summary>
/// Has each message leave in one piece. SignalR copies into a pipe of 4 KB segments, and its WebSocket transport sends each segment as a frame of its own, with a system call at least in the
/// gateway for each: a delta of ten messages would be two of them, one of sixty-four, twelve. A WebSocket is written to directly (<see cref="FrameWriter"/>), other transports by a pipe that has each
/// message in one segment.
/// </summary>
internal sealed class WholeFrames(
    HubLifetimeManager<ChatHub> lifetime, IHubProtocolResolver protocols, IOptions<HubOptions> global, IOptions<HubOptions<ChatHub>> options, ILoggerFactory loggers, IUserIdProvider users,
    IServiceScopeFactory scopes, OpenConnections open) : HubConnectionHandler<ChatHub>(lifetime, protocols, global, options, loggers, users, scopes)
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        connection.Transport = new Ends(connection, connection.Transport);
        return open.ServeAsync(connection, base.OnConnectedAsync);
    }

    /// <summary>A writer whose writes are each in one piece.</summary>
    public static PipeWriter Over(PipeWriter output) => new WholeWriter(output);

    /// <summary>The hub's end of a connection. How it writes is chosen when it first does, to answer the handshake: the transport is open then, while the hub begins before it is.</summary>
    sealed class Ends(ConnectionContext connection, IDuplexPipe transport) : IDuplexPipe
    {
        PipeWriter? _output;

        public PipeReader Input => transport.Input;
        public PipeWriter Output => _output ??= Choose();

        PipeWriter Choose() =>
            connection.GetHttpContext()?.Features.Get<UpgradedConnection>() is { } upgraded ? new FrameWriter(transport.Output, upgraded, connection.Features.GetRequiredFeature<ITransferFormatFeature>()) : Over(transport.Output);
    }

    sealed class WholeWriter(PipeWriter inner) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;
        public override long UnflushedBytes => inner.UnflushedBytes;

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            source.Span.CopyTo(inner.GetSpan(source.Length));
            inner.Advance(source.Length);
            return inner.FlushAsync(cancellationToken);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);
        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);
        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
        public override void Advance(int bytes) => inner.Advance(bytes);
        public override void CancelPendingFlush() => inner.CancelPendingFlush();
        public override void Complete(Exception? exception = null) => inner.Complete(exception);
        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
