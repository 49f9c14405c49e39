using System.Collections.Concurrent;
using ChatGenius.Channels;
using ChatGenius.Contracts.Internal;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Bus;
using ChatGenius.Hosting.Feeds;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGenius.ChannelsTests;

/// <summary>The service in this process, on a real database and a real socket.</summary>
public abstract class ChannelsService : IAsyncLifetime
{
    const string Issuer = "http://chat.test";
    readonly string _data = Directory.CreateTempSubdirectory("chatgenius-channels-").FullName;
    WebApplication _app = null!;
    HttpClient _http = null!;

    internal TestIdentity Identity { get; } = new(Issuer);

    /// <summary>Every delta that the service published.</summary>
    internal ConcurrentQueue<Delta> Published { get; } = new();

    internal T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    internal Task<PullAnswer> PullAsync(FeedName feed, long? epoch = null, long? revision = null) => _app.Services.GetRequiredKeyedService<IFeedOwner>("channels")
        .PullAsync(new PullRequest { Positions = [new SyncPosition { Feed = feed.ToString(), Epoch = epoch, Revision = revision }] }, CancellationToken.None);

    /// <summary>Someone who is signed in.</summary>
    internal Person NewPerson(bool isAdministrator = false) => Person(Identity.Register(), isAdministrator);

    internal Person Person(Guid id, bool isAdministrator = false) => new(id, Identity.Token(id, isAdministrator), _http);

    /// <summary>The connection string of an empty PostgreSQL database; empty for SQLite.</summary>
    protected abstract Task<string> PostgresAsync();

    public virtual async Task InitializeAsync()
    {
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0", "--ChatGenius:DataPath", _data, "--ChatGenius:PublicUrl", Issuer, "--ConnectionStrings:Postgres", await PostgresAsync(), "--ConnectionStrings:RabbitMq", "",
        ];
        _app = ServiceApplication.Build(settings, "channels", [ChannelsModule.Module], alone: false, builder =>
        {
            builder.Services.AddSingleton<ISigningKeys>(Identity);
            builder.Services.AddSingleton<ISessionEnds>(Identity);
            builder.Services.AddKeyedSingleton<IFeedOwner>("identity", Identity);
            builder.Services.AddSingleton(Published);
            builder.AddBusConsumer<Listener>("channels-tests");
        });
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await Eventually.Succeeds(async () => (await _http.GetAsync("/health/ready")).EnsureSuccessStatusCode());
    }

    public virtual async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    internal sealed class Listener(ConcurrentQueue<Delta> published) : IConsumer<ChannelsFeedsChanged>
    {
        public Task Consume(ConsumeContext<ChannelsFeedsChanged> context)
        {
            foreach (var delta in context.Message.Deltas)
                published.Enqueue(delta);
            return Task.CompletedTask;
        }
    }
}
