using System.Buffers.Binary;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>What a frame says. The values are the wire's.</summary>
internal enum FrameKind : byte
{
    /// <summary>A new stream begins. Only the end that connected opens streams; their ids count up from 1.</summary>
    Open = 1,

    /// <summary>Bytes of a stream follow, as many as the value says.</summary>
    Data = 2,

    /// <summary>The reader of a stream has taken so many bytes: that many more may be sent.</summary>
    Window = 3,

    /// <summary>A stream is over, in both directions. What was sent before it is still read.</summary>
    Close = 4,

    /// <summary>Nothing; the sender is there.</summary>
    Ping = 5,

    /// <summary>The sender takes no more streams; those that are open go on.</summary>
    GoAway = 6,
}

/// <summary>What each frame begins with: its kind, the stream's id and a value, each in network order. Pure.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Stream">The stream's id; 0 where it is about none.</param>
/// <param name="Value">Bytes that follow, or that may be sent; 0 where there is nothing to count.</param>
internal readonly record struct FrameHeader(FrameKind Kind, uint Stream, int Value)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = sizeof(byte) + sizeof(uint) + sizeof(int);

    /// <summary>Bytes of a stream that one frame carries at most, so that a reader of modest size holds a frame whole.</summary>
    public const int MaxData = 16 * 1024;

    /// <summary>Bytes that follow it.</summary>
    public int Follows => Kind == FrameKind.Data ? Value : 0;

    /// <summary>Writes it to the beginning of <paramref name="to"/>, which has room for it.</summary>
    public void Write(Span<byte> to)
    {
        to[0] = (byte)Kind;
        BinaryPrimitives.WriteUInt32BigEndian(to[sizeof(byte)..], Stream);
        BinaryPrimitives.WriteInt32BigEndian(to[(sizeof(byte) + sizeof(uint))..], Value);
    }

    /// <summary>Reads one; false when there are too few bytes.</summary>
    /// <exception cref="InvalidDataException">No other end that speaks this protocol sends such a thing.</exception>
    public static bool TryRead(ReadOnlySpan<byte> from, out FrameHeader header)
    {
        header = default;
        if (from.Length < Length)
            return false;
        header = new FrameHeader((FrameKind)from[0], BinaryPrimitives.ReadUInt32BigEndian(from[sizeof(byte)..]), BinaryPrimitives.ReadInt32BigEndian(from[(sizeof(byte) + sizeof(uint))..]));
        if (header.Kind is < FrameKind.Open or > FrameKind.GoAway || header.Value < 0 || header.Follows > MaxData)
            throw new InvalidDataException($"A frame of kind {(byte)header.Kind} with the value {header.Value} is none of this protocol.");
        return true;
    }
}
