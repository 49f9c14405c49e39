using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Bus;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Hosting.Settings;
using ChatGenius.Hosting.Upgrades;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.Hubs;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.Realtime.Opening;
using ChatGenius.Realtime.Presence;
using ChatGenius.Realtime.Syncing;
using ChatGenius.Realtime.Typing;

namespace ChatGenius.Realtime;

/// <summary>The realtime service: connections, live feeds, sync, presence and typing. It stores nothing that lasts.</summary>
public static class RealtimeModule
{
    /// <summary>How much later than the stall limit the transport gives up on a connection by itself.</summary>
    static readonly TimeSpan StallHead = TimeSpan.FromSeconds(5);

    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new("realtime", b => b.AddRealtime(), r => r.MapRealtime()) 
    {
        NeedsDatabase = false,
        NeedsCache = true,
        SharesConnections = true,
        Calls = ["identity", "channels", "messages"],
    };

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddRealtime(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RealtimeSettings>().Bind(builder.Configuration.GetSection("ChatGenius:Realtime"))
            .Validate(s => s.QueueDeltas > 0 && s.QueueBytes >= Limits.DeltaBytes, "Set ChatGenius__Realtime__QueueDeltas above 0 and ChatGenius__Realtime__QueueBytes to 262144 or more.")
            .ValidateOnStart();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = Limits.DeltaBytes;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            // A newer Sync must not wait for the one that it supersedes.
            hub.MaximumParallelInvocationsPerClient = 4;
        }).AddJsonProtocol(json => ContractsJson.Configure(json.PayloadSerializerOptions));
        services.AddSingleton<HubConnectionHandler<ChatHub>, WholeFrames>();
        services.AddInlineSockets();
        services.AddSingleton<ConnectionMeters>();
        services.AddSingleton(s =>
        {
            var meters = s.GetRequiredService<ConnectionMeters>();
            var connections = new LiveConnections(
                s.GetRequiredService<IOptions<RealtimeSettings>>().Value, s.GetRequiredService<EndedSessionWatch>().HasEnded, meters,
                s.GetRequiredService<ILogger<LiveConnections>>(), s.GetRequiredService<TimeProvider>());
            meters.WatchQueues(connections);
            return connections;
        });
        services.AddSingleton<ConnectionCare>();
        services.AddSingleton<ConnectionRegistry>();
        services.AddSingleton<HubLifetimeManager<ChatHub>>(s => s.GetRequiredService<ConnectionRegistry>());
        services.AddSingleton<LiveFeedMeters>();
        services.AddSingleton(s => new LiveFeedServices(
            s.GetRequiredService<IBackplane>(), owner => s.GetRequiredKeyedService<IFeedOwner>(owner), s.GetRequiredService<IOptions<ChatGeniusSettings>>().Value.FollowInterval,
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<LiveFeedMeters>(), s.GetRequiredService<ILogger<LiveFeed>>(), DeliveryPace.Default));
        services.AddSingleton(s => new LiveFeedDirectory(s.GetRequiredService<LiveFeedServices>(), s.GetRequiredService<IOptions<RealtimeSettings>>().Value.FeedLinger));
        services.AddSingleton<Syncer>();
        services.AddSingleton<TypingNotices>();
        services.AddSingleton<PresenceBoard>();
        services.AddSingleton<QualityMeters>();
        services.AddSingleton<TicketHolders>();
        services.AddSingleton<PolledConnections>();
        services.AddSingleton<OpenConnections>();
        services.AddHostedService<LiveFeedTicks>();
        services.AddHostedService(s => s.GetRequiredService<PresenceBoard>());
        services.AddHostedService<ConnectionService>();
        services.AddSingleton<Admission>();
        builder.AddBusConsumer<FeedsConsumer>(FeedsConsumer.Queue);
        return builder.AddBackplane();
    }

    /// <summary>Maps its public routes.</summary>
    public static IEndpointRouteBuilder MapRealtime(this IEndpointRouteBuilder routes)
    {
        var patience = routes.ServiceProvider.GetRequiredService<IOptions<RealtimeSettings>>().Value.StallLimit + StallHead;
        routes.MapSync();
        var hub = routes.MapHub<ChatHub>(HubPath.Realtime, transport =>
        {
            transport.ApplicationMaxBufferSize = Limits.DeltaBytes;
            transport.TransportMaxBufferSize = Limits.DeltaBytes;
            // By itself the transport gives up after 10 s, without a code and whatever the setting says.
            transport.TransportSendTimeout = patience;
        });
        routes.ServiceProvider.GetRequiredService<Admission>().Guard(hub);
        hub.WritesDirectly(patience);
        return routes;
    }

    static IHostApplicationBuilder AddBackplane(this IHostApplicationBuilder builder)
    {
        var redis = builder.Configuration.GetConnectionString("Redis");
        if (string.IsNullOrWhiteSpace(redis))
        {
            builder.Services.AddSingleton<IBackplane, LocalBackplane>();
            builder.Services.AddSingleton<IPresenceStore, LocalPresenceStore>();
            return builder;
        }
        builder.Services.AddSingleton<ICheck>(s => new RedisCheck(redis, s.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(_ => new RedisConnection(redis));
        builder.Services.AddSingleton<RedisBackplane>();
        builder.Services.AddSingleton<IBackplane>(s => s.GetRequiredService<RedisBackplane>());
        builder.Services.AddSingleton<IReadiness>(s => s.GetRequiredService<RedisBackplane>());
        builder.Services.AddSingleton<IPresenceStore, RedisPresenceStore>();
        return builder;
    }
}
