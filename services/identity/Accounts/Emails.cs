namespace ChatGenius.Identity.Accounts;

/// <summary>What an email address may be: something on both sides of one @. Only sending to it would prove more.</summary>
internal static class Emails
{
    public const int MaxLength = 254;

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? Fault(string address) =>
        address.Length > MaxLength ? $"is longer than {MaxLength} characters"
        : address.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? null
        : "is not an email address";
}
