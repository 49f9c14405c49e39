using System.Globalization;

namespace ChatGenius.Messages.History;

/// <summary>Which page of a channel's history is wanted. At most one of the places is set; none means the newest.</summary>
internal sealed record PageQuery(long? Before, long? After, long? Around, Guid? Thread, int Limit)
{
    public static PageQuery Parse(string? before, string? after, string? around, string? thread, string? limit)
    {
        if (new[] { before, after, around, thread }.Count(p => p is not null) > 1)
            throw new ProblemException(ErrorCodes.Invalid, "Only one of before, after, around and thread can be asked for.");
        Guid? parent = thread is null ? null : Guid.TryParseExact(thread, "D", out var id) ? id : throw ProblemException.Field("thread", "is not a message's id");
        return new PageQuery(Seq(before, "before"), Seq(after, "after"), Seq(around, "around"), parent, Paging.Limit(limit));
    }

    static long? Seq(string? text, string field) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && seq < 1L << 53 ? seq
        : throw ProblemException.Field(field, "is not a seq: a whole number of 0 or more");
}
