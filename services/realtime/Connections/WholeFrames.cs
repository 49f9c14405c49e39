using System.IO.Pipelines;
using ChatGenius.Realtime.Hubs;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ChatGenius.Realtime.Connections;

/// <summary>
/// Writes each message into one piece of memory. SignalR copies into a pipe of 4 KB segments, and its WebSocket transport sends each segment as a frame of its own, with a system call here and in the
/// gateway for each: a delta of ten messages would be two of them, one of sixty-four, twelve.
/// </summary>
internal sealed class WholeFrames(
    HubLifetimeManager<ChatHub> lifetime, IHubProtocolResolver protocols, IOptions<HubOptions> global, IOptions<HubOptions<ChatHub>> options, ILoggerFactory loggers, IUserIdProvider users,
    IServiceScopeFactory scopes) : HubConnectionHandler<ChatHub>(lifetime, protocols, global, options, loggers, users, scopes)
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        connection.Transport = new Ends(connection.Transport.Input, Over(connection.Transport.Output));
        return base.OnConnectedAsync(connection);
    }

    /// <summary>A writer whose writes are each in one piece.</summary>
    public static PipeWriter Over(PipeWriter output) => new WholeWriter(output);

    sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

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
