using ChatGenius.Hosting.Applications;

namespace ChatGenius.Identity;

/// <summary>The identity service as a module.</summary>
public static class IdentityModule
{
    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new("identity", b => b.AddIdentity(), r => r.MapIdentity());

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddIdentity(this IHostApplicationBuilder builder) => builder;

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes) => routes;
}
