using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ChatGenius.Bench.Checking;

/// <summary>What a message of the load says of itself, in a form that is found in any frame without reading the frame.</summary>
/// <param name="Due">When it was due, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> tells it.</param>
/// <param name="Id">Its number in the scene; the numbers of one sender rise.</param>
/// <param name="Channel">The channel's index in the scene.</param>
/// <param name="Sender">The sender's index in the scene.</param>
internal readonly record struct Marker(long Due, int Id, int Channel, int Sender)
{
    /// <summary>Bytes of a text, all of them ASCII.</summary>
    public const int TextLength = 100;

    /// <summary>The bytes by which a text begins.</summary>
    public static ReadOnlySpan<byte> Sign => "~~"u8;

    const int Digits = 32;

    /// <summary>Writes a text.</summary>
    public void Write(Span<byte> text)
    {
        text = text[..TextLength];
        text.Fill((byte)'.');
        Sign.CopyTo(text);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Due:x16}{Id:x8}{Channel:x4}{Sender:x4}"), text[Sign.Length..]);
    }

    /// <summary>Finds the next text in a frame and moves behind it.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> frame, out Marker marker)
    {
        marker = default;
        var at = frame.IndexOf(Sign);
        if (at < 0 || frame.Length < at + Sign.Length + Digits)
            return false;
        var digits = frame.Slice(at + Sign.Length, Digits);
        marker = new Marker(Hex(digits[..16]), (int)Hex(digits[16..24]), (int)Hex(digits[24..28]), (int)Hex(digits[28..]));
        frame = frame[(at + Sign.Length + Digits)..];
        return true;
    }

    static long Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long value, out var used, 'x') && used == digits.Length ? value : throw new FormatException("A text of the load was changed on its way.");
}
