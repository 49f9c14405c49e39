using ChatGenius.Hosting.Applications;

namespace ChatGenius.Messages;

/// <summary>The messages service as a module.</summary>
public static class MessagesModule
{
    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new("messages", b => b.AddMessages(), r => r.MapMessages());

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddMessages(this IHostApplicationBuilder builder) => builder;

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes) => routes;
}
