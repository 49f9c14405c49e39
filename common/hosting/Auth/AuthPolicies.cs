namespace ChatGenius.Hosting.Auth;

/// <summary>The policies that routes name. A route without one asks for <see cref="User"/>: deny by default.</summary>
public static class AuthPolicies
{
    /// <summary>A signed-in user.</summary>
    public const string User = "user";

    /// <summary>An administrator of the deployment.</summary>
    public const string Administrator = "administrator";

    /// <summary>Another service of the deployment.</summary>
    public const string Service = "service";
}
