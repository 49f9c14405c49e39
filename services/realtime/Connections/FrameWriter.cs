using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using ChatGenius.Hosting.Upgrades;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ChatGenius.Realtime.Connections;

/// <summary>
/// Writes each message as one frame of a WebSocket (RFC 6455, 5.2), straight to its connection: no hand-over to the transport's own loop, and nothing kept of it. Pongs and the end are the transport's,
/// which writes to the same connection. As a pipe's writer, for one write at a time.
/// </summary>
/// <param name="transport">Where the transport reads; it is told of the end alone.</param>
/// <param name="connection">The upgraded connection.</param>
/// <param name="format">Whether frames are text or binary; it is known once the client has said which protocol it speaks.</param>
internal sealed class FrameWriter(PipeWriter transport, UpgradedConnection connection, ITransferFormatFeature format) : PipeWriter
{
    const byte WholeText = 0x81, WholeBinary = 0x82, Length16 = 126, Length64 = 127;

    /// <summary>Nobody reads any more. As of a pipe, that is no failure: a client that is gone is the way of things, and when two thousand go at once there would be as many errors with their stacks to log.</summary>
    static readonly FlushResult s_ended = new(isCanceled: false, isCompleted: true);

    ArrayBufferWriter<byte>? _gathered;

    public override bool CanGetUnflushedBytes => true;
    public override long UnflushedBytes => _gathered?.WrittenCount ?? 0;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (_gathered is null)
            return FrameAsync(source, cancellationToken);
        _gathered.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_gathered is not { WrittenCount: > 0 } gathered)
            return default;
        _gathered = null;
        return FrameAsync(gathered.WrittenMemory, cancellationToken);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => (_gathered ??= new()).GetMemory(sizeHint);
    public override Span<byte> GetSpan(int sizeHint = 0) => (_gathered ??= new()).GetSpan(sizeHint);
    public override void Advance(int bytes) => _gathered!.Advance(bytes);
    public override void CancelPendingFlush() => transport.CancelPendingFlush();
    public override void Complete(Exception? exception = null) => transport.Complete(exception);
    public override ValueTask CompleteAsync(Exception? exception = null) => transport.CompleteAsync(exception);

    ValueTask<FlushResult> FrameAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var length = payload.Length;
        Span<byte> head = stackalloc byte[2 + sizeof(ulong)];
        head[0] = format.ActiveFormat == TransferFormat.Binary ? WholeBinary : WholeText;
        if (length < Length16)
        {
            head[1] = (byte)length;
            head = head[..2];
        }
        else if (length <= ushort.MaxValue)
        {
            head[1] = Length16;
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
            head = head[..(2 + sizeof(ushort))];
        }
        else
        {
            head[1] = Length64;
            BinaryPrimitives.WriteUInt64BigEndian(head[2..], (ulong)length);
        }
        try
        {
            var writing = connection.WriteAsync(head, payload, cancellation);
            return writing.IsCompletedSuccessfully ? default : EndAsync(writing);
        }
        catch (Exception failure) when (IsGone(failure))
        {
            return new(s_ended);
        }
    }

    static bool IsGone(Exception failure) => failure is ObjectDisposedException or SocketException or IOException;

    static async ValueTask<FlushResult> EndAsync(ValueTask writing)
    {
        try
        {
            await writing;
            return default;
        }
        catch (Exception failure) when (IsGone(failure))
        {
            return s_ended;
        }
    }
}
