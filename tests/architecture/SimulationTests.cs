using System.Text.RegularExpressions;
using ChatGenius.TestSupport;

namespace ChatGenius.ArchitectureTests;

/// <summary>The simulator plays what is around the product, never the product: it has no reader, owner, merge or fence of its own.</summary>
public sealed partial class SimulationTests
{
    /// <summary>What the simulator runs, and what would be missing if it did not.</summary>
    static readonly Dictionary<string, string> Runs = new()
    {
        ["FeedWrites"] = "how an owner takes revisions",
        ["FeedReads"] = "how an owner answers",
        ["OwnerRule"] = "how an owner finds a lost history",
        ["DeltaOutlet"] = "what is said after a commit",
        ["GroupCommit"] = "how messages commits",
        ["Follower"] = "how services follow",
        ["LiveFeedDirectory"] = "what an instance holds, whom it tells, and its fence",
        ["Syncer"] = "what a sync answers",
        ["LiveConnections"] = "what a connection is",
        ["SessionEndFollower"] = "which sessions have ended",
        ["ChatClient"] = "what a client holds",
    };

    // A test may ask the product's rules what they say; the world that it is in may not answer for them.
    static readonly string[] Files = [.. SourceProject.FilesUnder(Repository.Path("tests/simulation"), "*.cs").Where(file => !file.EndsWith("Tests.cs", StringComparison.Ordinal))];

    [Fact]
    public void Simulator_RunsTheProductsOwnCode()
    {
        var source = string.Concat(Files.Select(file => Code(file)));

        Assert.NotEmpty(Files);
        Assert.All(Runs, part => Assert.True(Regex.IsMatch(source, $@"\b{part.Key}\b"), $"The simulator does not name {part.Key}: {part.Value}."));
    }

    [Fact]
    public void Simulator_JudgesNoDelta()
    {
        foreach (var file in Files)
        {
            var judged = Judgement().Match(Code(file));
            Assert.False(judged.Success, $"{file} decides for itself about deltas or positions: {judged.Value}. The rules are in common/feeds; have them used.");
        }
    }

    [Fact]
    public void Simulator_NamesNothingLikeARuleOfItsOwn()
    {
        foreach (var file in Files)
        {
            var declared = Declaration().Matches(Code(file)).Select(match => match.Groups["name"].Value);
            Assert.DoesNotContain(declared, name => RuleName().IsMatch(name));
        }
    }

    /// <summary>Its source without comments and texts.</summary>
    static string Code(string file) => CommentOrText().Replace(File.ReadAllText(Repository.Path(file)), "");

    [GeneratedRegex("""//.*|"(?:\\.|[^"\\])*(?:")""")]
    private static partial Regex CommentOrText();

    // Calls of the rules themselves, and a delta's bounds in a comparison.
    [GeneratedRegex(@"\b(?:Judge|TryJoin|IsAfter|MayFollow)\(|\.(?:From|To)\s*(?:[<>]=?|==|!=)\s*\w|(?:[<>]=?|==|!=)\s*\w+\.(?:From|To)\b")]
    private static partial Regex Judgement();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+(?<name>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("Reader$|ReaderRule|Judge|Merge|Joiner|Fence(?:d|s)?$|SetAside|Verdict|Follower$|Outbox$|Revisions$")]
    private static partial Regex RuleName();
}
