using System.Net;

namespace ChatGenius.Gateway.Routing;

/// <summary>
/// Sends the head and a small body of a request to a service as one piece. YARP sends the head before it reads the body, as streams of requests need it; for a command that is a system call more here,
/// and one more and a second start of the request in the service.
/// </summary>
internal sealed class WholeRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Bytes that .NET's HTTP client gathers before it sends: what does not fit beside the head follows by itself anyway.</summary>
    const int SmallBody = 4 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentLength: > 0 and <= SmallBody } content)
            request.Content = new WholeContent(content);
        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>A content whose flushes wait until it is whole.</summary>
    sealed class WholeContent(HttpContent content) : ContentInstead<HttpContent>(content, content)
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            Source.CopyToAsync(new Unflushed(stream), context, cancellationToken);
    }

    /// <summary>What is written goes on, flushes do not: what it leads to flushes at the end.</summary>
    sealed class Unflushed(Stream stream) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => stream.WriteAsync(buffer, offset, count, cancellationToken);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => stream.WriteAsync(buffer, cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
