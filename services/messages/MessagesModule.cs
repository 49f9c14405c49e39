using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Bus;
using ChatGenius.Messages.Changing;
using ChatGenius.Messages.History;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Reactions;
using ChatGenius.Messages.Reading;
using ChatGenius.Messages.SideBar;
using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages;

/// <summary>The messages service: messages, reactions, threads, pins, read positions, and each user's side bar.</summary>
public static class MessagesModule
{
    const string Service = "messages";

    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new(Service, b => b.AddMessages(), r => r.MapMessages(), r => r.MapFeedOwner(Service)) { Calls = ["identity", "channels"] };

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddMessages(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDatabase<MessagesContext, MessagesSqliteContext, MessagesPostgresContext>(Service);
        builder.AddFeedOwner<MessagesContext>(Service);
        builder.AddFeedSource<MessagesContext, MessagesFeedSource>();
        builder.AddFeedSource<MessagesContext, ReadsFeedSource>();
        builder.AddFeedFollower<MessagesContext, ChannelsReplica>();
        builder.AddBusConsumer<ChannelsFeedsConsumer>(ChannelsFeedsConsumer.Queue);
        builder.Services.AddSingleton(s => new Members(
            s.GetRequiredService<FeedFollower<MessagesContext, ChannelsReplica>>().Follower,
            () => s.GetRequiredService<FeedMeters>().WaitForFence(Service, s.GetRequiredService<TimeProvider>())));
        builder.Services.AddSingleton<CommitMeters>();
        builder.Services.AddSingleton<WritePipeline>();
        builder.Services.AddHostedService(s => s.GetRequiredService<WritePipeline>());
        builder.Services.AddSingleton<HistoryReader>();
        builder.Services.AddSingleton<SideBarReader>();
        return builder;
    }

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapPosting();
        routes.MapChanging();
        routes.MapReactions();
        routes.MapHistory();
        routes.MapReading();
        routes.MapSideBar();
        return routes;
    }
}
