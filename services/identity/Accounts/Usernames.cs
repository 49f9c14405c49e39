using System.Buffers;

namespace ChatGenius.Identity.Accounts;

/// <summary>What a user name may be: 1 to 64 ASCII letters, digits and <c>. _ - @ +</c>. Names that look alike in other scripts cannot be told apart, so there are none.</summary>
internal static class Usernames
{
    public const string AllowedCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";

    static readonly SearchValues<char> s_allowed = SearchValues.Create(AllowedCharacters);

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? Fault(string name) => name switch
    {
        "" => "is empty",
        { Length: > Limits.UsernameLength } => $"is longer than {Limits.UsernameLength} characters",
        _ when name.AsSpan().ContainsAnyExcept(s_allowed) => "may have letters (a to z), digits and . _ - @ + only",
        _ => null,
    };
}
