using ChatGenius.Hosting.Applications;

namespace ChatGenius.Realtime;

/// <summary>The realtime service as a module.</summary>
public static class RealtimeModule
{
    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new("realtime", b => b.AddRealtime(), r => r.MapRealtime());

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddRealtime(this IHostApplicationBuilder builder) => builder;

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapRealtime(this IEndpointRouteBuilder routes) => routes;
}
