using System.Text.Json.Nodes;
using ChatGenius.EdgeTests.Descriptions.Compatibility;

namespace ChatGenius.EdgeTests.Descriptions;

/// <summary>A committed contract. It is written anew only by who asks for it, and only if those who hold the old one can go on; see <c>docs/contract-breaks.md</c>.</summary>
internal static class Snapshot
{
    public static void Check(string path, string described)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("CHATGENIUS_UPDATE_SNAPSHOTS") == "1")
        {
            if (File.Exists(file))
                Assert.Equal("", string.Join('\n', AcceptedBreaks.Without(path, Contract.Breaks(JsonNode.Parse(File.ReadAllText(file))!, JsonNode.Parse(described)!))));
            File.WriteAllText(file, described);
        }
        Assert.Equal(File.ReadAllText(file), described);
    }
}
