using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;
using Microsoft.Extensions.Logging;

namespace ChatGenius.Client;

/// <summary>
/// A client that converges: feeds that are watched are brought to the server's state and kept there, through cuts, restarts and removals.
/// Nothing connects before <see cref="Start"/>; <see cref="StopAsync"/> is final; it comes back by itself until then. Thread-safe.
/// </summary>
public sealed partial class ChatClient : IAsyncDisposable, IDisposable
{
    readonly Lock _gate = new();
    readonly ChatClientOptions _options;
    readonly IServerCalls _calls;
    readonly Func<IHubEvents, IHubLine> _lines;
    readonly TokenKeeper _tokens;
    readonly SyncPlan _plan;
    readonly Wakeup _wakeup;
    readonly ILogger _logger;
    readonly long _began;
    readonly CancellationTokenSource _stopped = new();
    OpenLine? _line;
    readonly SystemNetwork? _network;
    Task? _running;

    public ChatClient(ChatClientOptions options) : this(options, new HttpServerCalls(options.Address), events => new SignalRLine(options, events)) => _network = new SystemNetwork(NetworkIs);

    internal ChatClient(ChatClientOptions options, IServerCalls calls, Func<IHubEvents, IHubLine> lines)
    {
        (_options, _calls, _lines) = (options, calls, lines);
        _logger = options.Logging.CreateLogger<ChatClient>();
        _began = options.Time.GetTimestamp();
        _wakeup = new Wakeup(options.Time);
        _plan = new SyncPlan(options);
        _tokens = new TokenKeeper(calls, options);
        Api = new ChatApi(calls, _tokens, options, Answers);
        Outbox = new Outbox(Api, options, () => _tokens.UserId, _stopped.Token);
        Outbox.Changed += message =>
        {
            if (message.State == SendState.Pending)
                _quality.Sent(message.Body.ClientId, Now);
        };
    }

    /// <summary>The HTTP calls.</summary>
    public ChatApi Api { get; }

    /// <summary>Sends messages.</summary>
    public Outbox Outbox { get; }

    /// <summary>Who is signed in; null before that.</summary>
    public Guid? UserId => _tokens.UserId;

    TimeSpan Now => _options.Time.GetElapsedTime(_began);

    /// <summary>Signs in; the tokens are renewed by themselves from then on.</summary>
    /// <exception cref="ChatApiException">The account or password is wrong, or too many tried.</exception>
    public async Task SignInAsync(string username, string password, CancellationToken cancellation = default)
    {
        await _tokens.SignInAsync(username, password, cancellation);
        _wakeup.Call();
    }

    /// <summary>Ends the session everywhere.</summary>
    public Task SignOutAsync(CancellationToken cancellation = default) => _tokens.SignOutAsync(cancellation);

    /// <summary>Begins to connect, and to come back whenever the connection is lost. While nobody is signed in it waits for that.</summary>
    public void Start()
    {
        lock (_gate)
            if (!_stopped.IsCancellationRequested)
                _running ??= RunAsync();
    }

    /// <summary>Holds a feed from now on. Watching it again gives the same view, in the mode that was named last.</summary>
    public FeedView Watch(FeedName feed, FeedMode mode = FeedMode.Live)
    {
        FeedView? view = null;
        Do((plan, now) => view = plan.Watch(feed, mode, () => View(feed), now));
        return view!;
    }

    /// <summary>Ends one <see cref="Watch"/>. With the last one of a feed its view stays as it is, and the server sends no more of it.</summary>
    public void Unwatch(FeedName feed) => Do((plan, _) => plan.Unwatch(feed));

    /// <summary>Compares all feeds with the server now, as after waking up.</summary>
    public void Compare() => Do((plan, now) => plan.AskAll(now));

    /// <summary>Ends the connection for good. What waits in the outbox is sent no more.</summary>
    public async Task StopAsync()
    {
        _stopped.Cancel();
        if (_running is { } running)
            await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Dispose();
    }

    /// <summary>Ends everything without waiting for the connection's own end; <see cref="DisposeAsync"/> waits.</summary>
    public void Dispose()
    {
        _stopped.Cancel();
        _network?.Dispose();
        _calls.Dispose();
    }

    FeedView View(FeedName feed) => new(feed, _options.Bug)
    {
        Pages = feed.Kind == FeedKind.Messages ? PageAsync : null,
        Time = _options.Time,
        HandlerFailed = LogHandlerFailed,
        PageBackOff = (tries, cancellation) => Task.Delay(BackOff.After(tries, _options), _options.Time, cancellation),
    };

    Task OnLineAsync(Func<IHubLine, Task> call)
    {
        OpenLine? open;
        lock (_gate)
            open = _line;
        return open is null ? Task.CompletedTask : call(open.Line);
    }

    /// <summary>One step of the plan, after which those who look on are told and the loop looks again.</summary>
    void Do(Action<SyncPlan, TimeSpan> step)
    {
        IReadOnlyList<FeedView> changed;
        lock (_gate)
        {
            step(_plan, Now);
            changed = _plan.TakeChanged();
        }
        _wakeup.Call();
        foreach (var view in changed)
            view.Raise();
    }

    void Take(Delta delta)
    {
        _quality.Came(delta, Now);
        Do((plan, now) => plan.Offer(delta, now));
        Outbox.Seen(delta);
    }

    async Task<MessagePage> PageAsync(Guid channel, long before, int limit, CancellationToken cancellation)
    {
        var page = await Api.HistoryAsync(channel, before, limit, cancellation);
        Outbox.Seen(page.Items);
        return page;
    }

    // Called as a command is sent; what it gives takes the answer.
    Action<JsonElement> Answers(FeedName feed)
    {
        FeedView? view;
        lock (_gate)
            view = _plan.Find(feed);
        var drops = view?.Drops ?? 0;
        return item =>
        {
            if (view?.Update(item, drops) == true)
                view.Raise();
        };
    }

    [LoggerMessage(5001, LogLevel.Information, "The connection went from {From} to {To}: {Cause}.")]
    partial void LogTransition(ConnectionState from, ConnectionState to, ConnectionCause cause);

    [LoggerMessage(5002, LogLevel.Information, "The connection ended ({Cause}): {Detail}. Back in {Wait}.")]
    partial void LogLost(ConnectionCause cause, string detail, TimeSpan wait);

    [LoggerMessage(5003, LogLevel.Warning, "The connection ended and does not come back ({Cause}): {Detail}.")]
    partial void LogEnded(ConnectionCause cause, string detail);

    [LoggerMessage(5004, LogLevel.Warning, "The access token could not be renewed: {Failure}.")]
    partial void LogNotRenewed(string failure);

    [LoggerMessage(5005, LogLevel.Warning, "A sync was refused ({Code}); asking again.")]
    partial void LogSyncRefused(string code);

    [LoggerMessage(5008, LogLevel.Warning, "A report of the connection's quality was refused ({Code}).")]
    partial void LogReportRefused(string code);

    [LoggerMessage(5006, LogLevel.Error, "A handler of an event failed.")]
    partial void LogHandlerFailed(Exception failure);
}
