using System.Reflection;
using System.Text.RegularExpressions;
using ChatGenius.Host;
using ChatGenius.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace ChatGenius.ArchitectureTests;

/// <summary>Deliberate bugs are for tests: no setting, registration or start-up reaches them.</summary>
public sealed partial class BugTests
{
    const string TypeName = "ChatGenius.Feeds.Bug";

    static readonly string[] Product = ["common", "services", "gateway", "host", "clients/dotnet", "examples"];

    static readonly string[] Files = [.. Product.SelectMany(folder => SourceProject.FilesUnder(Repository.Path(folder), "*.cs")).Where(file => !file.EndsWith("feeds/Bug.cs", StringComparison.Ordinal))];

    static readonly Type Bug = typeof(ChatGenius.Feeds.FeedReader).Assembly.GetType(TypeName, throwOnError: true)!;

    [Fact]
    public void Bug_IsKnownToNobodyOutside() => Assert.False(Bug.IsVisible);

    [Fact]
    public void Bug_IsAskedForAndComparedButNeverChosen()
    {
        // Whoever builds something with a bug names one; the product may name only the one that is none.
        foreach (var file in Files)
        foreach (Match chosen in Chosen().Matches(File.ReadAllText(Repository.Path(file))))
            Assert.True(chosen.Groups["bug"].Value == "None", $"{file} chooses {chosen.Value.Trim()}.");
    }

    [Fact]
    public void Bug_IsInNoSettingsRegistrationOrStart()
    {
        foreach (var file in Files.Where(file => Start().IsMatch(Path.GetFileName(file))))
            Assert.False(Word().IsMatch(File.ReadAllText(Repository.Path(file))), $"{file} speaks of Bug.");
    }

    [Fact]
    public void Bug_IsRegisteredNowhere_AndNoContainerCouldGiveOne()
    {
        foreach (var module in HostApplication.Modules)
        {
            var builder = WebApplication.CreateBuilder();
            module.Add(builder);
            Assert.DoesNotContain(builder.Services, service => service.ServiceType == Bug);
            foreach (var settings in builder.Services.SelectMany(service => service.ServiceType.GenericTypeArguments).Where(type => type.Name.EndsWith("Settings", StringComparison.Ordinal)).Distinct())
                Assert.DoesNotContain(settings.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance), property => property.PropertyType == Bug || property.Name == Bug.Name);
        }
    }

    [Fact]
    public void Bug_OfEveryParameter_IsNoneByDefault()
    {
        var parameters = Assemblies().SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodBase>())
            .SelectMany(method => method.GetParameters().Where(parameter => parameter.ParameterType == Bug)).ToArray();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.True(!parameter.HasDefaultValue || Convert.ToInt32(parameter.DefaultValue, null) == 0, $"{parameter.Member.DeclaringType}.{parameter.Member.Name} has a bug by default."));
        // What takes one without a default is not for others to call.
        Assert.All(parameters.Where(parameter => !parameter.HasDefaultValue), parameter => Assert.False(((MethodBase)parameter.Member).IsPublic && parameter.Member.DeclaringType!.IsVisible));
    }

    static IEnumerable<Assembly> Assemblies() => HostApplication.Modules.Select(module => module.Add.Method.Module.Assembly).Append(Bug.Assembly).Distinct();

    // A bug handed to something, as an argument or a property's value; comparisons are what the bugs are for.
    [GeneratedRegex(@"(?:[(,]\s*(?:bug:\s*)?|=>\s*|[^=!<>]=\s*|\?\s*|:\s*)(?:\w+\.)*Bug\.(?<bug>\w+)\b(?!\s*(?:or\b|=>|\?|&&|\|\|))")]
    private static partial Regex Chosen();

    [GeneratedRegex("(?:Settings|Module|Registration|Program|Application|Defaults)[.]cs$|^Program[.]cs$")]
    private static partial Regex Start();

    [GeneratedRegex(@"\bBug\b")]
    private static partial Regex Word();
}
