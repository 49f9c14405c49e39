using System.Text.Json;
using System.Xml.Linq;

namespace ChatGenius.DocsTests;

/// <summary>
/// What the product is made of, and what it is built and tested with: exact versions only, from lock files, under licences of <c>docs/licences.json</c>. A package that says its licence in other words than SPDX's
/// is read by a person once, and stands there with its version.
/// </summary>
public sealed class LicenceTests
{
    static readonly JsonElement List = Read("docs/licences.json");
    static readonly HashSet<string> Allowed = [.. List.GetProperty("allowed").EnumerateArray().Select(one => one.GetString()!)];
    static readonly string Cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static TheoryData<string> Projects => [.. SourceFiles.Under(Repository.Root, "*.csproj")];
    public static TheoryData<string> PackageFiles => [.. SourceFiles.Under(Repository.Root, "package.json")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_OfAProject_AreLockedAndUnderAllowedLicences(string project)
    {
        var file = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
        Assert.True(File.Exists(Repository.Path(file)), $"{file} is missing: `dotnet restore {project}` writes it.");
        foreach (var (name, version) in Read(file).GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("resolved", out _)).Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!)).Distinct())
        {
            var licence = Said("nuget", name, version) ?? LicenceOf(name.ToLowerInvariant(), version.ToLowerInvariant());
            Assert.True(licence is not null, $"{project}: {name} {version} does not say its licence as SPDX does. Read it, and say it in docs/licences.json.");
            Assert.True(IsAllowed(licence), $"{project}: {name} {version} is under {licence}, which docs/licences.json does not allow.");
        }
    }

    [Theory]
    [MemberData(nameof(PackageFiles))]
    public void Packages_OfAPackageFile_AreExactLockedAndUnderAllowedLicences(string file)
    {
        foreach (var group in (string[])["dependencies", "devDependencies", "optionalDependencies"])
            if (Read(file).TryGetProperty(group, out var packages))
                Assert.All(packages.EnumerateObject(), package => Assert.Matches(@"^(\d+\.\d+\.\d+|file:.*)$", package.Value.GetString()!));
        var locked = Read(Path.Combine(Path.GetDirectoryName(file)!, "package-lock.json")).GetProperty("packages");
        foreach (var package in locked.EnumerateObject().Where(p => p.Name.Contains("node_modules/", StringComparison.Ordinal) && !p.Value.TryGetProperty("link", out _)))
        {
            var (name, version) = (package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..], package.Value.GetProperty("version").GetString()!);
            var licence = Said("npm", name, version) ?? (package.Value.TryGetProperty("license", out var said) ? said.GetString() : null);
            Assert.True(licence is not null, $"{file}: {name} {version} does not say its licence. Read it, and say it in docs/licences.json.");
            Assert.True(IsAllowed(licence), $"{file}: {name} {version} is under {licence}, which docs/licences.json does not allow.");
            Assert.True(package.Value.TryGetProperty("integrity", out _), $"{file}: {name} is locked without its hash.");
        }
    }

    [Fact]
    public void Versions_AreExact()
    {
        var versions = XElement.Load(Repository.Path("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Version")!.Value).ToArray();
        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Matches(@"^\d+(\.\d+){2,3}$", version));
        Assert.All(Read(".config/dotnet-tools.json").GetProperty("tools").EnumerateObject(), tool => Assert.Matches(@"^\d+\.\d+\.\d+$", tool.Value.GetProperty("version").GetString()!));
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("Apache-2.0 OR MPL-2.0", true)]
    [InlineData("(MIT OR GPL-3.0-only)", true)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("GPL-3.0-only", false)]
    [InlineData("SEE LICENSE IN LICENSE.md", false)]
    [InlineData("", false)]
    public void Licence_OfThisKind_IsJudged(string licence, bool allowed) => Assert.Equal(allowed, IsAllowed(licence));

    static bool IsAllowed(string licence) =>
        licence.Trim('(', ')', ' ').Split(" OR ").Any(choice => choice.Split(" AND ").All(part => Allowed.Contains(part.Trim('(', ')', ' '))));

    static string? Said(string kind, string name, string version) => List.GetProperty("said").TryGetProperty($"{kind} {name} {version}", out var licence) ? licence.GetString() : null;

    // As the package itself says; restoring has put that there.
    static string? LicenceOf(string name, string version)
    {
        var file = Path.Combine(Cache, name, version, name + ".nuspec");
        Assert.True(File.Exists(file), $"{name} {version} was not restored.");
        var licence = XElement.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : null;
    }

    static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.Path(path)));
        return document.RootElement.Clone();
    }
}
