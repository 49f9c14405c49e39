using System.Buffers.Text;
using System.Text;

namespace ChatGenius.Identity.Profiles;

/// <summary>The place of a page of profiles: the last search text that was given out.</summary>
internal static class UserCursor
{
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Write(string last) => Base64Url.EncodeToString(s_strict.GetBytes(last));

    /// <exception cref="ProblemException"><c>invalid_cursor</c>.</exception>
    public static string? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        try
        {
            var last = s_strict.GetString(Base64Url.DecodeFromChars(cursor));
            return last.Contains('\n', StringComparison.Ordinal) && !last.Contains('\0', StringComparison.Ordinal) ? last : throw new ProblemException(ErrorCodes.InvalidCursor);
        }
        catch (Exception foreign) when (foreign is FormatException or ArgumentException)
        {
            throw new ProblemException(ErrorCodes.InvalidCursor);
        }
    }
}
