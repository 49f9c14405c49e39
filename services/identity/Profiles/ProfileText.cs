namespace ChatGenius.Identity.Profiles;

/// <summary>What a profile's texts may be. Lengths are Unicode code points.</summary>
internal static class ProfileText
{
    /// <summary>What is wrong with a display name; null when nothing is. Outer spaces do not count, and are not kept.</summary>
    public static string? DisplayNameFault(string name) => name.Trim() switch
    {
        "" => "is empty",
        var trimmed when JsonText.Length(trimmed) > Limits.DisplayNameLength => $"is longer than {Limits.DisplayNameLength} characters",
        var trimmed when trimmed.Any(char.IsControl) => "has control characters",
        _ => null,
    };

    /// <summary>What is wrong with a status text; null when nothing is. An empty one says nothing, which is allowed.</summary>
    public static string? StatusTextFault(string text) =>
        JsonText.Length(text) > Limits.StatusTextLength ? $"is longer than {Limits.StatusTextLength} characters"
        : text.Any(c => char.IsControl(c) && c != '\n') ? "has control characters" : null;
}
