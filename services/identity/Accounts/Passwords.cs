namespace ChatGenius.Identity.Accounts;

/// <summary>What a password may be: 8 to 128 characters of any kind. Length protects; rules of composition only annoy.</summary>
internal static class Passwords
{
    /// <summary>What is wrong with a password; null when nothing is.</summary>
    public static string? Fault(string password) => JsonText.Length(password) switch
    {
        < Limits.PasswordMin => $"is shorter than {Limits.PasswordMin} characters",
        > Limits.PasswordMax => $"is longer than {Limits.PasswordMax} characters",
        _ => null,
    };
}
