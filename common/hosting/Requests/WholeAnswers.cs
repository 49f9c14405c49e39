using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatGenius.Hosting.Requests;

/// <summary>
/// Sends what an API route answers as one piece with its length. ASP.NET begins to send before it has written all, so in chunks; a gateway's HTTP client then takes them in pieces of 4 KB, of which each
/// is a read, a look and a send, and the end is one more. An answer is as long as what the route holds at hand anyway. Routes that say nothing of their answers (the hub, streams) are left alone.
/// </summary>
internal sealed class WholeAnswers(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IProducesResponseTypeMetadata>() is null ? next(context) : GatherAsync(context);

    async Task GatherAsync(HttpContext context)
    {
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var answer = new Answer(wire);
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(wire);
        }
        if (answer.Written.IsEmpty)
            return;
        context.Response.ContentLength ??= answer.Written.Length;
        await wire.Writer.WriteAsync(answer.Written, context.RequestAborted);
    }

    /// <summary>Keeps what is written. Not thread-safe, as a response is not.</summary>
    sealed class Answer(IHttpResponseBodyFeature wire) : PipeWriter, IHttpResponseBodyFeature, IDisposable
    {
        byte[] _bytes = [];
        int _length;

        /// <summary>What was written and is not on the wire.</summary>
        public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

        public PipeWriter Writer => this;
        public Stream Stream => AsStream(leaveOpen: true);

        public override bool CanGetUnflushedBytes => true;

        // Nothing waits to be flushed before the end.
        public override long UnflushedBytes => 0;

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            var wanted = _length + Math.Max(sizeHint, 1);
            if (wanted > _bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(wanted, _bytes.Length * 2), 1024));
                Written.CopyTo(larger);
                Return();
                _bytes = larger;
            }
            return _bytes.AsMemory(_length);
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
        public override void Advance(int bytes) => _length += bytes;
        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;
        public override void CancelPendingFlush() { }
        public override void Complete(Exception? exception = null) { }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
        public Task CompleteAsync() => Task.CompletedTask;
        public void DisableBuffering() { }

        public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
        {
            await wire.Writer.WriteAsync(Written, cancellationToken);
            _length = 0;
            await wire.SendFileAsync(path, offset, count, cancellationToken);
        }

        public void Dispose() => Return();

        void Return()
        {
            if (_bytes.Length > 0)
                ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
