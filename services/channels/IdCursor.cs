namespace ChatGenius.Channels;

/// <summary>The cursor of a list in the order of ids: the last id of the page before.</summary>
internal static class IdCursor
{
    public static string Write(Guid last) => last.ToString("N");

    /// <summary>The id after which to read on; null at the beginning.</summary>
    /// <exception cref="ProblemException"><c>invalid_cursor</c>.</exception>
    public static Guid? Read(string? cursor) =>
        cursor is null ? null : Guid.TryParseExact(cursor, "N", out var last) ? last : throw new ProblemException(ErrorCodes.InvalidCursor);
}
