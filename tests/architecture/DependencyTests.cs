using ChatGenius.TestSupport;

namespace ChatGenius.ArchitectureTests;

public sealed class DependencyTests
{
    /// <summary>Who may know whom. A kind that is not here is a new idea: it belongs in this table first.</summary>
    static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["contracts"] = [],
        ["feeds"] = ["contracts"],
        ["hosting"] = ["contracts", "feeds"],
        ["services"] = ["contracts", "feeds", "hosting"],
        ["gateway"] = ["contracts", "feeds", "hosting"],
        ["host"] = ["contracts", "feeds", "hosting", "services"],
        ["clients"] = ["contracts", "feeds"],
        ["examples"] = ["contracts", "feeds", "clients"],
        ["bench"] = ["contracts", "feeds", "clients", "tests"],
        ["hotpaths"] = ["contracts", "feeds", "hosting", "services", "tests"],
        ["tests"] = ["contracts", "feeds", "hosting", "services", "gateway", "host", "clients", "bench", "hotpaths", "examples", "tests"],
    };

    public static TheoryData<string> Projects => [.. SourceProject.All.Select(project => project.Path)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMayKnow(string path)
    {
        var project = SourceProject.All.Single(project => project.Path == path);
        Assert.True(MayReference.TryGetValue(project.Kind, out var may), $"{path} is of no known kind.");

        foreach (var reached in project.Reaches)
            Assert.True(may.Contains(reached.Kind), $"{project} must not know {reached}.");
    }

    [Theory]
    [InlineData("contracts")]
    [InlineData("feeds")]
    public void ProtocolCore_HasNoPackages(string kind) =>
        Assert.All(SourceProject.All.Where(project => project.Kind == kind), project => Assert.Empty(project.Packages));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_IsInTheSolution(string path) =>
        Assert.Contains($"\"{path.Replace('/', '\\')}\"", File.ReadAllText(Repository.Path("ChatGenius.sln")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_TakesVersionsAndWarningsFromTheRoot(string path)
    {
        var project = SourceProject.All.Single(project => project.Path == path);

        Assert.DoesNotContain(project.Xml.Descendants("PackageReference"), reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null);
        Assert.DoesNotContain(project.Xml.Descendants(), element => element.Name.LocalName is "TreatWarningsAsErrors" or "Nullable" or "NoWarn" or "WarningsNotAsErrors");
    }

    [Fact]
    public void Services_BringNoSettingsAndNoWebFiles()
    {
        foreach (var project in SourceProject.All.Where(project => project.Kind == "services"))
        {
            var folder = Repository.Path(Path.GetDirectoryName(project.Path)!);
            Assert.Empty(SourceProject.FilesUnder(folder, "appsettings*.json"));
            Assert.False(Directory.Exists(Path.Combine(folder, "wwwroot")), $"{project} has a wwwroot; the host could not hold it beside the others.");
        }
    }
}
