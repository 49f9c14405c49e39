using ChatGenius.Contracts.Edge;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Requests;

/// <summary>The <c>limit</c> of a list.</summary>
public static class Paging
{
    /// <summary>Reads <c>?limit=</c>: 50 when absent, refused outside 1 to 200.</summary>
    public static int Limit(string? limit) =>
        limit is null ? Limits.PageDefault
        : int.TryParse(limit, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= Limits.PageMax ? n
        : throw new ProblemException(ErrorCodes.InvalidLimit);
}
