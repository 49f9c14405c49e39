using ChatGenius.Hosting.Administration;

namespace ChatGenius.Hosting.Applications;

/// <summary>A part of the product that runs alone or beside others in one process.</summary>
/// <param name="Name">As in <c>messages</c>.</param>
/// <param name="Add">Adds its services.</param>
/// <param name="Map">Maps its public routes.</param>
/// <param name="MapInternal">Maps what other services call, where they run apart; null when there is nothing.</param>
public sealed record Module(string Name, Action<IHostApplicationBuilder> Add, Action<IEndpointRouteBuilder> Map, Action<IEndpointRouteBuilder>? MapInternal = null)
{
    /// <summary>True when it needs a database of its own.</summary>
    public bool NeedsDatabase { get; init; } = true;

    /// <summary>True when it needs the message broker.</summary>
    public bool NeedsBus { get; init; } = true;

    /// <summary>True when it holds many connections of clients, which a gateway brings together; where services run apart.</summary>
    public bool SharesConnections { get; init; }

    /// <summary>What operators may ask of it on the command line.</summary>
    public IReadOnlyList<AdminCommand> Commands { get; init; } = [];

    /// <summary>The other services that it calls, where they run apart.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>What the paths that its sign-in server answers have in them.</summary>
    public IReadOnlyList<string> SignInPaths { get; init; } = [];

    /// <summary>True when several instances of it need a cache between them.</summary>
    public bool NeedsCache { get; init; }
}
