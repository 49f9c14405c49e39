using System.Text.RegularExpressions;

namespace ChatGenius.EdgeTests.Descriptions.Compatibility;

/// <summary>Breaks that were decided on, a line of <c>docs/contract-breaks.md</c> each.</summary>
internal static partial class AcceptedBreaks
{
    /// <summary>What of these was not decided on.</summary>
    /// <param name="path">The contract's file.</param>
    /// <param name="breaks">As found.</param>
    public static IEnumerable<string> Without(string path, IEnumerable<string> breaks)
    {
        var accepted = Lines().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/contract-breaks.md"))).Select(line => (Path: line.Groups[1].Value, Break: line.Groups[2].Value)).ToHashSet();
        return breaks.Where(said => !accepted.Contains((path, said)));
    }

    [GeneratedRegex("^- `([^`]+)`: `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
