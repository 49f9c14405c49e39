using System.Text.RegularExpressions;
using ChatGenius.Hosting.Settings;
using ChatGenius.TestSupport;

namespace ChatGenius.ArchitectureTests;

public sealed partial class ConfigurationTests
{
    static readonly string[] Connections = ["ConnectionStrings__Postgres", "ConnectionStrings__RabbitMq", "ConnectionStrings__Redis"];

    [Fact]
    public void EverySetting_IsDocumentedAndEveryDocumentedOneExists()
    {
        var existing = KeysOf(typeof(ChatGeniusSettings), "ChatGenius").Concat(Connections).Order(StringComparer.Ordinal).ToArray();

        var documented = Keys().Matches(File.ReadAllText(Repository.Path("docs/configuration.md"))).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(existing, documented);
    }

    static IEnumerable<string> KeysOf(Type settings, string prefix) => settings.GetProperties().Where(property => property.CanWrite).SelectMany(property =>
        property.PropertyType.IsClass && property.PropertyType.Assembly == settings.Assembly
            ? KeysOf(property.PropertyType, $"{prefix}__{property.Name}")
            : [$"{prefix}__{property.Name}"]);

    [GeneratedRegex(@"(ChatGenius|ConnectionStrings)__\w+?(?=(__\d)?\b)")]
    private static partial Regex Keys();
}
