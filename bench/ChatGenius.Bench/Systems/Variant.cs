namespace ChatGenius.Bench.Systems;

/// <summary>ChatGenius as it is measured beside itself: what a setting or a change of the code is worth is seen on a busy machine only when both run in turns.</summary>
/// <param name="Name">As tables call it; null for this checkout as it is.</param>
/// <param name="Tree">Another checkout, whose published programs run; null for this one.</param>
/// <param name="Environment">What its processes have in their environment besides.</param>
internal sealed record Variant(string? Name, string? Tree, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>This checkout as it is.</summary>
    public static Variant None { get; } = new(null, null, new Dictionary<string, string?>());

    /// <summary>Reads <c>NAME:SETTING=VALUE,…</c>; the setting <c>tree</c> is the folder of another checkout.</summary>
    public static Variant Parse(string text)
    {
        var (name, settings) = text.IndexOf(':') is var at and > 0 ? (text[..at], text[(at + 1)..]) : throw new FormatException($"`{text}` is not NAME:SETTING=VALUE,…");
        var environment = settings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[^1]);
        environment.Remove("tree", out var tree);
        return new Variant(name, tree, environment);
    }
}
