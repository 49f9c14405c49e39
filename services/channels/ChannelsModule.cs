using ChatGenius.Channels.Access;
using ChatGenius.Channels.Administration;
using ChatGenius.Channels.Browsing;
using ChatGenius.Channels.Changing;
using ChatGenius.Channels.Creating;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Channels.Members;
using ChatGenius.Channels.MySettings;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Bus;

namespace ChatGenius.Channels;

/// <summary>The channels service as a module: channels, who is in them with which role, and how each user keeps them.</summary>
public static class ChannelsModule
{
    const string Name = "channels";

    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new(Name, b => b.AddChannels(), r => r.MapChannels(), r => r.MapFeedOwner(Name)) { Calls = ["identity"], Commands = ChannelCommands.All };

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddChannels(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDatabase<ChannelsContext, SqliteChannelsContext, PostgresChannelsContext>(Name);
        builder.AddFeedOwner<ChannelsContext>(Name);
        builder.AddFeedSource<ChannelsContext, MembersFeed>();
        builder.AddFeedSource<ChannelsContext, UserChannelsFeed>();
        builder.AddFeedFollower<ChannelsContext, UsersReplica>();
        builder.AddBusConsumer<IdentityFollower>("channels-follows-identity");
        builder.Services.AddSingleton<ActiveUsers>();
        builder.Services.AddSingleton<ChannelAccess>();
        builder.Services.AddSingleton<ChannelCreation>();
        builder.Services.AddSingleton<ChannelChange>();
        builder.Services.AddSingleton<Joining>();
        builder.Services.AddSingleton<Leaving>();
        builder.Services.AddSingleton<SettingsChange>();
        return builder;
    }

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(AuthPolicies.User).WithTags("Channels");
        api.MapPost("/channels", CreateRoute.HandleAsync).WithName("CreateChannel").WithSummary("Create a channel, or open the direct channel of some people.");
        api.MapGet("/channels", BrowseRoutes.ListAsync).WithName("ListChannels").WithSummary("Public channels and the caller's own, oldest first.");
        api.MapGet("/channels/{channel}", BrowseRoutes.GetAsync).WithName("GetChannel").WithSummary("One channel.");
        api.MapPatch("/channels/{channel}", ChangeRoute.HandleAsync).WithName("ChangeChannel").WithSummary("Rename a channel, change its topic, archive it or bring it back.");
        api.MapGet("/channels/{channel}/members", MemberRoutes.ListAsync).WithName("ListMembers").WithSummary("Who is in a channel.");
        api.MapPut("/channels/{channel}/members/{user}", MemberRoutes.PutAsync).WithName("PutMember").WithSummary("Join, invite, or change a role.");
        api.MapDelete("/channels/{channel}/members/{user}", MemberRoutes.DeleteAsync).WithName("RemoveMember").WithSummary("Leave, or remove someone.");
        api.MapPatch("/users/{user}/channels/{channel}", SettingsRoute.HandleAsync).WithName("ChangeMyChannel").WithSummary("The caller's own settings for a channel.");
        return routes;
    }
}
