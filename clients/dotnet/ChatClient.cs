using System.Collections.Concurrent;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Feeds;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGenius.Client;

/// <summary>
/// A client that converges: feeds that are watched are brought to the server's state and kept there, through cuts, restarts and removals.
/// Nothing connects before <see cref="Start"/>; <see cref="StopAsync"/> is final; it comes back by itself until then. Thread-safe.
/// </summary>
public sealed partial class ChatClient : IAsyncDisposable
{
    static readonly TimeSpan DeniedPause = TimeSpan.FromSeconds(1);

    readonly ChatClientOptions _options;
    readonly TokenKeeper _tokens;
    readonly ILogger _logger;
    readonly ConcurrentDictionary<string, FeedView> _views = new(StringComparer.Ordinal);
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _wake = new(0);
    readonly CancellationTokenSource _stopped = new();
    volatile HubConnection? _hub;
    ConnectionClosing? _closing;
    Task? _running;

    public ChatClient(ChatClientOptions options)
    {
        _options = options;
        _logger = options.Logging.CreateLogger<ChatClient>();
        var http = new HttpClient { BaseAddress = options.Address, Timeout = options.CallTimeout };
        _tokens = new TokenKeeper(http, options.Time);
        Api = new ChatApi(http, _tokens.GetAsync);
        Outbox = new Outbox(Api, options, Stored);
    }

    /// <summary>The HTTP calls.</summary>
    public ChatApi Api { get; }

    /// <summary>Sends messages.</summary>
    public Outbox Outbox { get; }

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>Raised at each transition of the connection.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>Raised when somebody writes in a channel whose messages are watched.</summary>
    public event Action<TypingSeen>? Typing;

    /// <summary>Raised when the presence of watched users changes.</summary>
    public event Action<IReadOnlyList<PresenceSeen>>? Presence;

    /// <summary>Signs in; the tokens are renewed by themselves from then on.</summary>
    /// <exception cref="ChatApiException">The account or password is wrong, or too many tried.</exception>
    public Task SignInAsync(string username, string password, CancellationToken cancellation = default) => _tokens.SignInAsync(username, password, cancellation);

    /// <summary>Ends the session everywhere.</summary>
    public Task SignOutAsync(CancellationToken cancellation = default) => _tokens.SignOutAsync(cancellation);

    /// <summary>Begins to connect, and to come back whenever the connection is lost.</summary>
    public void Start() => _running ??= Task.Run(RunAsync);

    /// <summary>Holds a feed from now on.</summary>
    public FeedView Watch(FeedName feed)
    {
        var view = _views.GetOrAdd(feed.ToString(), static (_, name) => new FeedView(name), feed);
        Ask(feed.ToString());
        return view;
    }

    /// <summary>Compares all feeds with the server now, as after waking up.</summary>
    public void Compare()
    {
        foreach (var feed in _views.Keys)
            Ask(feed);
    }

    /// <summary>Says that the caller writes in a channel.</summary>
    public Task SayTypingAsync(Guid channel, CancellationToken cancellation = default) =>
        _hub?.InvokeAsync(nameof(IChatHub.Typing), channel, cancellation) ?? Task.CompletedTask;

    /// <summary>Ends the connection for good.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync();
        if (_running is not null)
            await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _tokens.Dispose();
        Api.Dispose();
        _stopped.Dispose();
    }

    async Task RunAsync()
    {
        for (var failures = 0; !_stopped.IsCancellationRequested;)
        {
            Become(ConnectionState.Connecting);
            (_closing, var opened) = (null, false);
            await using var hub = Build();
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            try
            {
                await hub.StartAsync(_stopped.Token);
                (_hub, failures, opened) = (hub, 0, true);
                Compare();
                await SyncUntilAsync(hub, closed.Task);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                if (!_stopped.IsCancellationRequested)
                    LogLost(failure.GetType().Name, failure.Message);
            }
            _hub = null;
            if (_closing is { Reconnect: false })
                break;
            if (_closing is { Code: CloseCode.Expired })
                await RenewAsync(null);
            var wait = _closing is { } said ? TimeSpan.FromMilliseconds(said.RetryAfterMs) : BackOff.After(opened ? 0 : failures++, _options);
            await Task.Delay(wait, _options.Time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Become(ConnectionState.Offline);
    }

    HubConnection Build()
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_options.Address, HubPath.Realtime.TrimStart('/')), http =>
        {
            http.Transports = _options.Transports;
            http.AccessTokenProvider = async () => await _tokens.GetAsync(_stopped.Token);
        });
        builder.AddJsonProtocol(json => ContractsJson.Configure(json.PayloadSerializerOptions));
        var hub = builder.Build();
        // Bound before the first frame can come.
        hub.On<Delta>(nameof(IChatClient.Delta), Take);
        hub.On<IReadOnlyList<Head>>(nameof(IChatClient.Heads), Compare);
        hub.On<IReadOnlyList<string>>(nameof(IChatClient.Behind), AskAll);
        hub.On<IReadOnlyList<string>>(nameof(IChatClient.Dropped), AskAll);
        hub.On<TypingSeen>(nameof(IChatClient.Typing), typing => Typing?.Invoke(typing));
        hub.On<IReadOnlyList<PresenceSeen>>(nameof(IChatClient.Presence), presence => Presence?.Invoke(presence));
        hub.On<TokenExpiring>(nameof(IChatClient.Expiring), _ => RenewAsync(hub));
        hub.On<ConnectionClosing>(nameof(IChatClient.Closing), closing =>
        {
            _closing = closing;
            if (!closing.Reconnect)
                LogEnded(closing.Code);
        });
        return hub;
    }

    async Task RenewAsync(HubConnection? hub)
    {
        try
        {
            if (await _tokens.RenewAsync(_stopped.Token) is { } token && hub is not null)
                await hub.InvokeAsync<TokenRenewed>(nameof(IChatHub.Renew), token, _stopped.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or ChatApiException or HubException or InvalidOperationException or OperationCanceledException)
        {
            // The connection will close with a code when the token ends, and the next one brings a fresh token.
            LogLost(failure.GetType().Name, failure.Message);
        }
    }

    async Task SyncUntilAsync(HubConnection hub, Task closed)
    {
        while (!closed.IsCompleted && !_stopped.IsCancellationRequested)
        {
            string[] feeds;
            lock (_asked)
            {
                feeds = [.. _asked.Take(500)];
                _asked.ExceptWith(feeds);
            }
            if (feeds.Length > 0)
            {
                Become(ConnectionState.CatchingUp);
                await SyncAsync(hub, feeds);
                continue;
            }
            Become(ConnectionState.Live);
            await Task.WhenAny(closed, _wake.WaitAsync(_stopped.Token));
        }
    }

    async Task SyncAsync(HubConnection hub, string[] feeds)
    {
        SyncAnswer answer;
        try
        {
            var positions = feeds.Select(f => _views[f].Position).Select(p => new SyncPosition { Feed = p.Feed, Epoch = p.Epoch, Revision = p.Revision }).ToList();
            answer = await hub.InvokeAsync<SyncAnswer>(nameof(IChatHub.Sync), positions, _stopped.Token);
        }
        catch (HubException refused) when (refused.Message.Contains("superseded", StringComparison.Ordinal) || refused.Message.Contains("unavailable", StringComparison.Ordinal))
        {
            AskLater(feeds, DeniedPause);
            return;
        }
        foreach (var delta in answer.Deltas)
            Take(delta);
        foreach (var head in answer.Heads)
            if (_views.TryGetValue(head.Feed, out var view))
            {
                var stands = view.Position;
                if (stands.Epoch != head.Epoch || stands.Revision < head.Revision)
                    Ask(head.Feed);
                else
                    view.Ended(view.Continuity == Continuity.Reset ? Continuity.Reset : Continuity.Continued);
            }
        foreach (var feed in answer.Denied)
            if (_views.TryGetValue(feed, out var view))
                view.Ended(Continuity.Denied);
        foreach (var failed in answer.Failed)
        {
            if (failed.Code == "position_ahead")
                _views[failed.Feed].Forget();
            if (failed.RetryAfterMs is not null || failed.Code == "position_ahead")
                AskLater([failed.Feed], TimeSpan.FromMilliseconds(failed.RetryAfterMs ?? 0));
        }
    }

    void Take(Delta delta)
    {
        if (!_views.TryGetValue(delta.Feed, out var view))
            return;
        var need = view.Offer(delta);
        if (view.Name.Kind == FeedKind.Messages)
            foreach (var item in delta.Items)
                Outbox.Seen(System.Text.Json.JsonSerializer.Deserialize<Message>(item, ContractsJson.Options)!);
        if (view.Name.Kind == FeedKind.UserChannels)
            AskWhereJoined(delta);
        if (delta.More || need == Need.AskNow)
            Ask(delta.Feed);
        else if (need == Need.AskSoon)
            _ = AskIfStillMissingAsync(view);
    }

    // Whoever is a member again reads what was denied before.
    void AskWhereJoined(Delta delta)
    {
        foreach (var item in delta.Items.Where(i => !i.GetProperty("left").GetBoolean()))
        {
            var channel = item.GetProperty("channelId").GetGuid();
            foreach (var feed in new[] { FeedName.Messages(channel), FeedName.Members(channel) })
                if (_views.TryGetValue(feed.ToString(), out var view) && view.Continuity == Continuity.Denied)
                    Ask(feed.ToString());
        }
    }

    async Task AskIfStillMissingAsync(FeedView view)
    {
        await Task.Delay(FeedReader.GapPatience, _options.Time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (view.Needed() != Need.Nothing)
            Ask(view.Name.ToString());
    }

    void Compare(IReadOnlyList<Head> heads)
    {
        foreach (var head in heads)
            if (_views.TryGetValue(head.Feed, out var view) && (view.Position.Epoch != head.Epoch || view.Position.Revision < head.Revision))
                Ask(head.Feed);
    }

    void Stored(Message message)
    {
        if (_views.TryGetValue(FeedName.Messages(message.ChannelId).ToString(), out var view))
            view.Update(ContractsJson.ToItem(message));
    }

    void AskAll(IReadOnlyList<string> feeds)
    {
        foreach (var feed in feeds)
            Ask(feed);
    }

    void Ask(string feed)
    {
        if (!_views.ContainsKey(feed))
            return;
        lock (_asked)
            _asked.Add(feed);
        _wake.Release();
    }

    void AskLater(IReadOnlyList<string> feeds, TimeSpan wait) => _ = Task.Run(async () =>
    {
        await Task.Delay(wait, _options.Time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        AskAll(feeds);
    });

    void Become(ConnectionState state)
    {
        if (State == state)
            return;
        LogTransition(State, state);
        State = state;
        StateChanged?.Invoke(state);
    }

    [LoggerMessage(5001, LogLevel.Information, "The connection went from {From} to {To}.")]
    partial void LogTransition(ConnectionState from, ConnectionState to);

    [LoggerMessage(5002, LogLevel.Information, "The connection was lost ({Kind}): {Failure}")]
    partial void LogLost(string kind, string failure);

    [LoggerMessage(5003, LogLevel.Warning, "The server ended the connection for good with {Code}.")]
    partial void LogEnded(int code);
}
