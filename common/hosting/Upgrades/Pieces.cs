using System.Buffers;

namespace ChatGenius.Hosting.Upgrades;

/// <summary>Writes two parts as one piece where only one can be written.</summary>
internal static class Pieces
{
    /// <summary>Writes them.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="write">Writes one piece there.</param>
    /// <param name="head">What comes first; it is copied.</param>
    /// <param name="body">What follows; valid until the write has ended.</param>
    /// <param name="cancellation">Gives up.</param>
    public static ValueTask WriteAsync<T>(T to, Func<T, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (head.IsEmpty)
            return write(to, body, cancellation);
        var piece = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        head.CopyTo(piece);
        body.Span.CopyTo(piece.AsSpan(head.Length));
        var writing = write(to, piece.AsMemory(0, head.Length + body.Length), cancellation);
        // Nearly everything is taken at once, and then nothing is kept of it.
        if (!writing.IsCompletedSuccessfully)
            return EndAsync(writing, piece);
        ArrayPool<byte>.Shared.Return(piece);
        return default;
    }

    // It is not given back when the write failed: who knows who still reads from it.
    static async ValueTask EndAsync(ValueTask writing, byte[] piece)
    {
        await writing;
        ArrayPool<byte>.Shared.Return(piece);
    }
}
