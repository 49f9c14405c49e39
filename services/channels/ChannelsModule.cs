using ChatGenius.Hosting.Applications;

namespace ChatGenius.Channels;

/// <summary>The channels service as a module.</summary>
public static class ChannelsModule
{
    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new("channels", b => b.AddChannels(), r => r.MapChannels());

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddChannels(this IHostApplicationBuilder builder) => builder;

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes) => routes;
}
