using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatGenius.ArchitectureTests;

public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Services => [.. SourceProject.All.Where(project => project.Kind == "services").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_ShowsItsModuleAlone(string assembly)
    {
        foreach (var type in Assembly.Load(assembly).GetExportedTypes().Where(type => !type.IsSubclassOf(typeof(Migration))))
            Assert.True(IsModule(type) || type.Name == "Program", $"{type.FullName} is public; only the module is what others may use.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_HasOneModuleOfOneAddAndOneMap(string assembly)
    {
        var module = Assert.Single(Assembly.Load(assembly).GetExportedTypes(), IsModule);

        var methods = module.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name).ToArray();
        var name = module.Name[..^"Module".Length];
        Assert.Equal([$"Add{name}", $"Map{name}"], methods.Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_ClassesAreSealed(string assembly)
    {
        foreach (var type in Assembly.Load(assembly).GetTypes().Where(type => type is { IsClass: true, IsNested: false, IsSealed: false, IsAbstract: false } && !IsGenerated(type)))
            Assert.True(Assembly.Load(assembly).GetTypes().Any(other => other.IsSubclassOf(type)), $"{type.FullName} is neither sealed nor a base class.");
    }

    static bool IsModule(Type type) => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Module", StringComparison.Ordinal);

    static bool IsGenerated(Type type) => type.Name.StartsWith('<') || type.Name == "Program" || type.Namespace?.Contains("Migrations", StringComparison.Ordinal) == true
        || type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null;
}
