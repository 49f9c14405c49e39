using System.Buffers;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>Bytes in the order they came, in one rented piece that is given back when there are none. Not thread-safe.</summary>
internal struct HeldBytes
{
    const int Smallest = 512;

    byte[]? _piece;
    int _from;
    int _to;

    /// <summary>How many there are.</summary>
    public readonly int Length => _to - _from;

    /// <summary>Adds some at the end.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var length = Length;
        if (_piece is null || length + bytes.Length > _piece.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Smallest, length + bytes.Length));
            _piece.AsSpan(_from, length).CopyTo(larger);
            Clear();
            (_piece, _to) = (larger, length);
        }
        else if (_to + bytes.Length > _piece.Length)
        {
            _piece.AsSpan(_from, length).CopyTo(_piece);
            (_from, _to) = (0, length);
        }
        bytes.CopyTo(_piece.AsSpan(_to));
        _to += bytes.Length;
    }

    /// <summary>Takes from the beginning as many as there are and there is room for.</summary>
    public int Take(Span<byte> into)
    {
        var taken = Math.Min(into.Length, Length);
        _piece.AsSpan(_from, taken).CopyTo(into);
        _from += taken;
        if (Length == 0)
            Clear();
        return taken;
    }

    /// <summary>Lets go of all.</summary>
    public void Clear()
    {
        if (_piece is not null)
            ArrayPool<byte>.Shared.Return(_piece);
        (_piece, _from, _to) = (null, 0, 0);
    }
}
