namespace ChatGenius.Hosting.Auth;

/// <summary>Says of a route that what answers there finds out by itself who asks, and refuses by itself: no scheme and no policy is asked about it.</summary>
public sealed class OwnAuthentication
{
    /// <summary>The one there is.</summary>
    public static OwnAuthentication Instance { get; } = new();

    OwnAuthentication()
    {
    }

    /// <summary>Whether a request is for such a route.</summary>
    public static bool IsOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OwnAuthentication>() is not null;
}
