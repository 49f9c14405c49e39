using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatGenius.DocsTests;

public sealed partial class ConfigurationTests
{
    static readonly string[] Folders = ["common", "services", "gateway", "host"];
    static readonly string Document = File.ReadAllText(Repository.Path("docs/configuration.md"));

    [Fact]
    public void EverySetting_IsDocumentedAndEveryDocumentedOneExists()
    {
        var existing = Settings().Select(setting => setting.Key).Concat(ConnectionStrings()).Distinct().Order(StringComparer.Ordinal).ToArray();

        var documented = Keys().Matches(Document).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(existing, documented);
    }

    [Fact]
    public void EverySetting_IsDocumentedWithItsDefault()
    {
        foreach (var (key, value) in Settings())
        {
            if (value is null or "")
                continue;
            var row = Document.Split('\n').SingleOrDefault(line => line.StartsWith($"| `{key}` |", StringComparison.Ordinal));
            Assert.True(row is not null, $"{key} has no row of its own.");
            var said = value switch
            {
                TimeSpan time => time.ToString(),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            };
            // Of an address or a folder the process itself may make another default; the row says which.
            Assert.True(row.Split('|')[2].Contains($"`{said}`", StringComparison.Ordinal) || key is "ChatGenius__PublicUrl", $"{key} is {said} by default, which its row does not say.");
        }
    }

    /// <summary>Every key that a settings class binds, with its default; found where the classes are bound, so that none can be forgotten.</summary>
    static IEnumerable<(string Key, object? Default)> Settings()
    {
        var bound = Source().SelectMany(text => Bindings().Matches(text)).Select(match => (Type: match.Groups["type"].Value, Section: match.Groups["section"].Value)).ToArray();
        Assert.NotEmpty(bound);
        return bound.SelectMany(binding => KeysOf(Activator.CreateInstance(TypeOf(binding.Type), nonPublic: true)!, binding.Section.Replace(":", "__", StringComparison.Ordinal)));
    }

    static IEnumerable<(string Key, object? Default)> KeysOf(object settings, string prefix) =>
        settings.GetType().GetProperties().Where(property => property.CanWrite).SelectMany(property =>
            property.GetValue(settings) is { } value && property.PropertyType.Assembly == settings.GetType().Assembly
                ? KeysOf(value, $"{prefix}__{property.Name}")
                : [($"{prefix}__{property.Name}", property.GetValue(settings))]);

    static IEnumerable<string> ConnectionStrings() =>
        Source().SelectMany(text => ConnectionNames().Matches(text)).Select(match => "ConnectionStrings__" + match.Groups[1].Value);

    static IEnumerable<string> Source() => Folders.SelectMany(folder => SourceFiles.Under(Repository.Path(folder), "*.cs")).Select(file => File.ReadAllText(Repository.Path(file)));

    static Type TypeOf(string name) => Directory.EnumerateFiles(AppContext.BaseDirectory, "ChatGenius.*.dll").Select(Assembly.LoadFrom)
        .SelectMany(assembly => assembly.GetTypes()).Single(type => type.Name == name);

    [GeneratedRegex(@"AddOptions<(?<type>\w+)>\(\)[^;]*?GetSection\(""(?<section>[^""]+)""\)")]
    private static partial Regex Bindings();

    [GeneratedRegex(@"GetConnectionString\(""(\w+)""\)")]
    private static partial Regex ConnectionNames();

    [GeneratedRegex(@"\b(ChatGenius|ConnectionStrings)__\w+\b")]
    private static partial Regex Keys();
}
