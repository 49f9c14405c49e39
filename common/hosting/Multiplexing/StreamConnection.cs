using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>A stream of a shared connection as a connection of its own, as the server takes them from its sockets.</summary>
internal sealed class StreamConnection : ConnectionContext, IDuplexPipe
{
    // An idle one holds no buffer.
    static readonly StreamPipeReaderOptions s_reading = new(leaveOpen: true, useZeroByteReads: true);
    static readonly StreamPipeWriterOptions s_writing = new(leaveOpen: true);

    static readonly ConnectionAbortedException s_over = new();

    readonly MultiplexedStream _stream;

    /// <param name="stream">The stream.</param>
    /// <param name="shared">The id of the connection that carries it.</param>
    /// <param name="local">This end's address.</param>
    /// <param name="remote">The other end's.</param>
    public StreamConnection(MultiplexedStream stream, string shared, EndPoint? local, EndPoint? remote)
    {
        _stream = stream;
        (Input, Output) = (PipeReader.Create(stream, s_reading), PipeWriter.Create(stream, s_writing));
        Transport = this;
        ConnectionId = $"{shared}.{stream.Id}";
        (LocalEndPoint, RemoteEndPoint) = (local, remote);
        ConnectionClosed = stream.Gone;
        Features.Set(stream);
    }

    public PipeReader Input { get; }
    public PipeWriter Output { get; }

    public override IDuplexPipe Transport { get; set; }
    public override string ConnectionId { get; set; }
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }

    public override void Abort(ConnectionAbortedException abortReason) => _stream.Dispose();

    public override async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        // The server has flushed what it had to say; what it has not is not waited for.
        await Output.CompleteAsync(s_over);
        await _stream.DisposeAsync();
    }
}
