using ChatGenius.Channels;
using ChatGenius.Hosting.Applications;
using ChatGenius.Identity;
using ChatGenius.Messages;
using ChatGenius.Realtime;

namespace ChatGenius.Host;

/// <summary>The whole product in one process.</summary>
public static class HostApplication
{
    /// <summary>Every module there is.</summary>
    public static IReadOnlyList<Module> Modules { get; } = [IdentityModule.Module, ChannelsModule.Module, MessagesModule.Module, RealtimeModule.Module];

    /// <summary>Builds the process.</summary>
    public static WebApplication Build(string[] args) => ServiceApplication.Build(args, "host", Modules, alone: false);
}
