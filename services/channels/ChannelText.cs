using System.Text;
using ChatGenius.Contracts.Edge;

namespace ChatGenius.Channels;

/// <summary>What names and topics may be. Pure.</summary>
internal static class ChannelText
{
    /// <summary>The name as it is stored: trimmed, of 1 to 80 code points, in one line.</summary>
    public static string Name(string? name)
    {
        var trimmed = name?.Trim() ?? throw ProblemException.Field("name", "is required");
        if (JsonText.Length(trimmed) is 0 or > Limits.ChannelNameLength)
            throw ProblemException.Field("name", $"has 1 to {Limits.ChannelNameLength} characters");
        if (trimmed.EnumerateRunes().Any(Rune.IsControl))
            throw ProblemException.Field("name", "contains a control character");
        return trimmed;
    }

    /// <summary>The name as it is compared, so that names that differ only in case are one.</summary>
    public static string NameKey(string name) => name.ToUpperInvariant();

    /// <summary>The topic as it is stored: trimmed, of at most 1,000 code points; empty when there is none.</summary>
    public static string Topic(string? topic)
    {
        var trimmed = topic?.Trim() ?? "";
        return JsonText.Length(trimmed) <= Limits.TopicLength ? trimmed : throw ProblemException.Field("topic", $"has at most {Limits.TopicLength} characters");
    }
}
