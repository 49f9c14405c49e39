using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Makes a service the owner of feeds, and lets it reach the owners of others.</summary>
public static class FeedOwnership
{
    /// <summary>Adds what an owner needs: <see cref="FeedWriter{TContext}"/>, the publisher, and <see cref="IFeedOwner"/> under the service's name.</summary>
    /// <typeparam name="TContext">The service's model; it includes <see cref="FeedModel.AddOwnedFeeds"/>.</typeparam>
    public static IHostApplicationBuilder AddFeedOwner<TContext>(this IHostApplicationBuilder builder, string service) where TContext : DbContext
    {
        builder.Services.TryAddSingleton<FeedMeters>();
        builder.Services.AddSingleton<DeltaPublisher<TContext>>();
        builder.Services.AddHostedService(s => s.GetRequiredService<DeltaPublisher<TContext>>());
        builder.Services.AddHostedService<ProgressNotes<TContext>>();
        builder.Services.AddSingleton<FeedWriter<TContext>>();
        builder.Services.AddKeyedSingleton<IFeedOwner, LocalFeedOwner<TContext>>(service);
        return builder;
    }

    /// <summary>Adds a source of an owner's feeds.</summary>
    public static IHostApplicationBuilder AddFeedSource<TContext, TSource>(this IHostApplicationBuilder builder)
        where TContext : DbContext
        where TSource : class, IFeedSource<TContext>
    {
        builder.Services.AddSingleton<IFeedSource<TContext>, TSource>();
        return builder;
    }

    /// <summary>Follows another service's feeds: <see cref="FeedFollower{TContext, TReplica}"/>. Consumers hand it the deltas of the bus.</summary>
    public static IHostApplicationBuilder AddFeedFollower<TContext, TReplica>(this IHostApplicationBuilder builder)
        where TContext : DbContext
        where TReplica : class, IFeedReplica<TContext>
    {
        builder.Services.AddSingleton<TReplica>();
        builder.Services.AddSingleton<FeedFollower<TContext, TReplica>>();
        builder.Services.AddSingleton<IReadiness>(s => s.GetRequiredService<FeedFollower<TContext, TReplica>>());
        builder.Services.AddHostedService(s => s.GetRequiredService<FeedFollower<TContext, TReplica>>());
        return builder;
    }

    /// <summary>Lets other services pull the feeds of this one; asks for a service token, and is not routed publicly.</summary>
    public static IEndpointRouteBuilder MapFeedOwner(this IEndpointRouteBuilder routes, string service)
    {
        var feeds = routes.MapGroup($"/internal/{service}/feeds").RequireAuthorization(AuthPolicies.Service).ExcludeFromDescription();
        feeds.MapPost("/pull", (PullRequest request, IServiceProvider services, CancellationToken cancellation) =>
            services.GetRequiredKeyedService<IFeedOwner>(service).PullAsync(request, cancellation));
        feeds.MapGet("/{kind}/sums", (FeedKind kind, IServiceProvider services, CancellationToken cancellation) =>
            services.GetRequiredKeyedService<IFeedOwner>(service).SumsAsync(kind, cancellation));
        feeds.MapGet("/{kind}/shards/{shard:int}", (FeedKind kind, int shard, IServiceProvider services, CancellationToken cancellation) =>
            services.GetRequiredKeyedService<IFeedOwner>(service).ShardAsync(kind, shard, cancellation));
        return routes;
    }
}
