using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChatGenius.EdgeTests.Descriptions.Events;

/// <summary>The doc comments of the contracts, as the compiler left them beside the assembly.</summary>
internal sealed partial class DocComments
{
    readonly Dictionary<string, XElement> _members;

    public DocComments(Assembly assembly) =>
        _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    public string? Of(Type type) => Text("T:" + type.FullName);

    public string? Of(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public string? Of(FieldInfo field) => Text($"F:{field.DeclaringType!.FullName}.{field.Name}");

    /// <summary>A method's; overloads would be one too many.</summary>
    public string? Of(MethodInfo method)
    {
        var name = $"M:{method.DeclaringType!.FullName}.{method.Name}";
        return Text(_members.Keys.Single(key => key == name || key.StartsWith(name + "(", StringComparison.Ordinal)));
    }

    /// <summary>The type of constants that a property says it is one of; null when it says nothing of the kind.</summary>
    public Type? ConstantsOf(PropertyInfo property) =>
        Element($"P:{property.DeclaringType!.FullName}.{property.Name}") is { } summary && summary.Value.TrimStart().StartsWith("One of ", StringComparison.Ordinal)
            ? property.DeclaringType.Assembly.GetType(summary.Element("see")!.Attribute("cref")!.Value[2..], throwOnError: true)
            : null;

    XElement? Element(string name)
    {
        var member = _members.GetValueOrDefault(name);
        return member?.Element("inheritdoc")?.Attribute("cref")?.Value is { } other ? Element(other) : member?.Element("summary");
    }

    string? Text(string name)
    {
        if (Element(name) is not { } summary)
            return null;
        var words = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => "`" + see.Attribute("cref")!.Value.Split('.')[^1] + "`",
            XElement element => "`" + element.Value + "`",
            _ => ((XText)node).Value,
        });
        return Spaces().Replace(string.Concat(words), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
