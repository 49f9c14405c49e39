using ChatGenius.Channels;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Edge;
using ChatGenius.Identity;
using ChatGenius.Messages;
using ChatGenius.Realtime;

namespace ChatGenius.Host;

/// <summary>The whole product in one process: SQLite, an in-memory bus, no cache, nothing to install.</summary>
public static class HostApplication
{
    /// <summary>Every module there is.</summary>
    public static IReadOnlyList<Module> Modules { get; } = [IdentityModule.Module, ChannelsModule.Module, MessagesModule.Module, RealtimeModule.Module];

    /// <summary>Builds the process.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any setting.</param>
    public static WebApplication Build(string[] args)
    {
        var app = ServiceApplication.Build(args, "host", Modules, alone: false,
            add: builder =>
            {
                builder.RefuseForeignParts();
                builder.UseHostDefaults();
                builder.AddEdge();
                builder.Services.AddHostedService<Welcome>();
            },
            use: app => app.UseEdge());
        app.MapEdge();
        return app;
    }
}
