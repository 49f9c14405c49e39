using System.Net.WebSockets;
using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Feeds;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>
/// A client on a bare WebSocket that sees every delta and notes it: the exact witness beside the project's own clients. It comes back by itself, may be told to stop reading, and is cheap
/// enough for thousands. Thread-safe.
/// </summary>
internal sealed class LightClient : IAsyncDisposable
{
    static readonly TimeSpan s_ping = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly LightClientOptions _options;
    readonly Dictionary<string, LightFeed> _feeds;
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    readonly HashSet<Guid> _left = [];
    readonly CancellationTokenSource _stopped = new();
    volatile HubSocket? _socket;
    volatile TaskCompletionSource? _stall;
    volatile bool _wasStalled;
    volatile bool _cutByItself;
    volatile bool _counting;
    volatile bool _settling;
    volatile string _lost = "nothing";
    long _readBefore;
    Task? _running;
    int _lastId;
    int _outstanding;
    int _renewing;
    long _heard;

    public LightClient(LightClientOptions options)
    {
        _options = options;
        _feeds = options.Feeds.ToDictionary(feed => feed.ToString(), feed => new LightFeed(feed, options.Keep), StringComparer.Ordinal);
    }

    public string Name => _options.Name;
    public Account Account => _options.Account;
    public IReadOnlyCollection<LightFeed> Feeds => _feeds.Values;

    /// <summary>How often it was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>How often it was told that its queue overflowed.</summary>
    public int Overflows { get; private set; }

    /// <summary>How often it was closed since its token had expired.</summary>
    public int Expiries { get; private set; }

    /// <summary>How often it renewed its token while it was connected.</summary>
    public int Renewals { get; private set; }

    /// <summary>Bytes that came since it last stopped reading, up to the word that its queue overflowed or to the end of the connection.</summary>
    public long BytesOfStall { get; private set; }

    /// <summary>The code of the last close; null when none was said.</summary>
    public int? LastCode { get; private set; }

    /// <summary>True when it is connected and has been answered for each of its feeds.</summary>
    public bool IsLive => _socket is not null && _feeds.Values.All(feed => !feed.Resuming && feed.Position.Epoch > 0);

    /// <summary>Since when nothing has come.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(_options.Clock.Now - _heard);

    public LightFeed Of(FeedName feed) => _feeds[feed.ToString()];

    public void Start() => _running ??= RunAsync();

    /// <summary>Ends the connection without a word; it comes back.</summary>
    public void Cut()
    {
        if (_socket is not { } socket)
            return;
        _cutByItself = true;
        socket.Cut();
    }

    /// <summary>Asks no more for what it was denied; what is asked for now is still answered.</summary>
    public void Settle() => _settling = true;

    /// <summary>How it stands with a feed, for whoever reads why a test failed.</summary>
    public string Describe(FeedName feed)
    {
        var held = Of(feed);
        lock (_gate)
            return $"{Name} {(_socket is null ? "away" : "connected")}, {held.Position}, denied {held.Denied}, asks {held.Resuming}, is to ask {_asked.Contains(feed.ToString())}, awaits an answer {_outstanding != 0}, has left {_left.Contains(feed.Id)}, heard nothing for {Silence.TotalMilliseconds:0} ms, connected {Connections} times, last lost by {_lost}, runs {_running is { IsCompleted: false }}";
    }

    /// <summary>Stops reading, without closing.</summary>
    public void Stall()
    {
        if (_socket is { } socket)
            _readBefore = socket.BytesRead;
        (_wasStalled, _counting) = (true, true);
        Interlocked.CompareExchange(ref _stall, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
    }

    /// <summary>Reads on.</summary>
    public void Unstall() => Interlocked.Exchange(ref _stall, null)?.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        Unstall();
        if (_running is not null)
            await _running;
    }

    async Task RunAsync()
    {
        await Task.Yield();
        for (var failures = 0; !_stopped.IsCancellationRequested; failures++)
        {
            HubSocket? socket = null;
            try
            {
                using (var bound = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token))
                {
                    bound.CancelAfter(TimeSpan.FromSeconds(15));
                    socket = await HubSocket.OpenAsync(_options.Address, await Account.TokenAsync(bound.Token), _options.ReceiveBuffer, bound.Token);
                }
                failures = 0;
                await ServeAsync(socket);
            }
            catch (Exception lost) when (lost is WebSocketException or HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException or JsonException)
            {
                // The loop comes back, as every client does.
                _lost = $"{lost.GetType().Name} at {_options.Clock.Now} ms: {lost.Message}";
            }
            finally
            {
                _socket = null;
                if (socket is not null)
                    await socket.DisposeAsync();
            }
            await Task.Delay(_options.BackOff(failures), _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ServeAsync(HubSocket socket)
    {
        Note(new ConnectionOpened(_options.Clock.Now, Name, Account.Id, Account.Session, Expiry()));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        (CloseCause cause, int? code) = (CloseCause.Transport, null);
        try
        {
            Connections++;
            (_wasStalled, _cutByItself, _heard) = (_stall is not null, false, _options.Clock.Now);
            lock (_gate)
            {
                _outstanding = 0;
                _asked.UnionWith(_feeds.Keys);
            }
            _socket = socket;
            _ = PingAsync(socket, over.Token);
            await SyncAsync(socket);
            while (true)
            {
                if (_stall is { } stalled)
                    await stalled.Task;
                using var record = await socket.ReceiveAsync(over.Token);
                _heard = _options.Clock.Now;
                if (_counting)
                    BytesOfStall = socket.BytesRead - _readBefore;
                if (record is null)
                    return;
                if (TypeOf(record) == 7)
                {
                    // A server that gives up on one who does not read need not tell them so.
                    (cause, code) = (CloseCause.Server, code ?? (_wasStalled ? CloseCode.Stalled : null));
                    return;
                }
                if (await TakeAsync(socket, record.RootElement, over.Token) is { } closing)
                    (cause, code) = (CloseCause.Server, closing);
            }
        }
        finally
        {
            foreach (var feed in _feeds.Values)
                feed.Resuming = false;
            await over.CancelAsync();
            (LastCode, _counting) = (code, false);
            if (code == CloseCode.Expired)
                Expiries++;
            Note(new ConnectionClosed(_options.Clock.Now, Name, _cutByItself || _stopped.IsCancellationRequested ? CloseCause.Client : cause, code));
        }
    }

    static int TypeOf(JsonDocument record) => record.RootElement.TryGetProperty("type", out var type) ? type.GetInt32() : 0;

    // The close code, when the record is the word that the connection closes.
    async Task<int?> TakeAsync(HubSocket socket, JsonElement record, CancellationToken over)
    {
        switch (record.GetProperty("type").GetInt32())
        {
            case 1 when record.GetProperty("target").GetString() is var target && record.GetProperty("arguments") is var arguments:
                switch (target)
                {
                    case nameof(IChatClient.Delta):
                        Take(arguments[0].Deserialize<Delta>(ContractsJson.Options)!, socket);
                        break;
                    case nameof(IChatClient.Behind) or nameof(IChatClient.Dropped):
                        if (target == nameof(IChatClient.Behind))
                            (Overflows, _counting) = (Overflows + 1, false);
                        Ask([.. arguments[0].EnumerateArray().Select(feed => feed.GetString()!)]);
                        break;
                    case nameof(IChatClient.Expiring) when !_options.Forgetful:
                        _renewing = Interlocked.Increment(ref _lastId);
                        await socket.InvokeAsync(nameof(IChatHub.Renew), _renewing, await Account.TokenAsync(over), over);
                        break;
                    case nameof(IChatClient.Closing):
                        return arguments[0].GetProperty("code").GetInt32();
                }
                break;
            case 3 when int.Parse(record.GetProperty("invocationId").GetString()!, null) is var id:
                if (id == _outstanding)
                {
                    Answered(record, socket);
                    // Not before: what another thread began meanwhile would be ended by this answer.
                    lock (_gate)
                        _outstanding = 0;
                }
                else if (id == _renewing && !record.TryGetProperty("error", out _))
                {
                    Renewals++;
                    Note(new ExpiryMoved(_options.Clock.Now, Name, Expiry()));
                }
                break;
        }
        await SyncAsync(socket);
        return null;
    }

    void Answered(JsonElement record, HubSocket socket)
    {
        if (!record.TryGetProperty("result", out var result))
        {
            AskLater([.. _feeds.Values.Where(feed => feed.Resuming).Select(feed => feed.Name.ToString())], s_again, socket);
            return;
        }
        var answer = result.Deserialize<SyncAnswer>(ContractsJson.Options)!;
        foreach (var delta in answer.Deltas)
            Take(delta, socket);
        foreach (var head in answer.Heads)
        {
            var feed = _feeds[head.Feed];
            if (Place.Of(feed.Position) < new Place(head.Epoch, head.Revision))
                Ask([head.Feed]);
            else
                End(feed, feed.WasReset ? ResumeOutcome.Reset : ResumeOutcome.Continued);
        }
        foreach (var denied in answer.Denied)
        {
            _feeds[denied].Denied = true;
            End(_feeds[denied], ResumeOutcome.Denied);
        }
        foreach (var failed in answer.Failed)
        {
            var feed = _feeds[failed.Feed];
            if (failed.Code == "position_ahead")
            {
                Note(new PositionMoved(_options.Clock.Now, Name, failed.Feed, Place.Of(feed.Position), Place.Nothing, ByReset: false));
                feed.Forget();
            }
            AskLater([failed.Feed], TimeSpan.FromMilliseconds(failed.RetryAfterMs ?? 0), socket);
        }
        // Whoever's own list says member, and is denied, asks again; one who left has nothing to ask for.
        string[] again = [.. answer.Denied.Where(denied => !_settling && !HasLeft(FeedName.Parse(denied).Id))];
        if (again.Length > 0)
            AskLater(again, s_again, socket);
    }

    void Take(Delta delta, HubSocket socket)
    {
        if (!_feeds.TryGetValue(delta.Feed, out var feed))
            return;
        if (feed.Name.Kind == FeedKind.UserChannels)
            NoteChannels(delta);
        var need = feed.Offer(delta, applied =>
        {
            if (_options.Log is not null)
                Note(DeltaApplied.Of(_options.Clock.Now, Name, Account.Id, applied));
            _options.Applied?.Invoke(applied);
        });
        if (need == Need.AskNow && !feed.Resuming)
            Ask([delta.Feed]);
        else if (need == Need.AskSoon && !feed.Resuming)
            _ = AskIfStillMissingAsync(feed, socket);
    }

    // Whoever is a member again reads what was denied before.
    void NoteChannels(Delta delta)
    {
        foreach (var item in delta.Items)
        {
            var channel = item.GetProperty("channelId").GetGuid();
            lock (_gate)
                if (item.GetProperty("left").GetBoolean())
                    _left.Add(channel);
                else
                    _left.Remove(channel);
            if (!HasLeft(channel))
                Ask([.. _feeds.Values.Where(feed => feed.Name.Id == channel && feed.Denied).Select(feed => feed.Name.ToString())]);
        }
    }

    bool HasLeft(Guid channel)
    {
        lock (_gate)
            return _left.Contains(channel);
    }

    async Task AskIfStillMissingAsync(LightFeed feed, HubSocket socket)
    {
        await Task.Delay(FeedReader.GapPatience);
        if (feed.Needed() == Need.Nothing || _socket != socket)
            return;
        Ask([feed.Name.ToString()]);
        await SyncQuietlyAsync(socket);
    }

    void AskLater(IReadOnlyList<string> feeds, TimeSpan wait, HubSocket socket) => _ = Task.Run(async () =>
    {
        await Task.Delay(wait);
        if (_socket != socket)
            return;
        Ask(feeds);
        await SyncQuietlyAsync(socket);
    });

    void Ask(IReadOnlyList<string> feeds)
    {
        lock (_gate)
            _asked.UnionWith(feeds.Where(_feeds.ContainsKey));
    }

    void End(LightFeed feed, ResumeOutcome outcome)
    {
        if (!feed.Resuming)
            return;
        feed.Resuming = false;
        if (outcome != ResumeOutcome.Denied)
            feed.Denied = false;
        Note(new ResumeEnded(_options.Clock.Now, Name, feed.Name.ToString(), outcome));
    }

    async Task SyncQuietlyAsync(HubSocket socket)
    {
        try
        {
            await SyncAsync(socket);
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader of the connection notices that too.
        }
    }

    // One at a time: a newer sync would supersede the older.
    async Task SyncAsync(HubSocket socket)
    {
        int id;
        List<LightFeed> feeds;
        lock (_gate)
        {
            if (_outstanding != 0 || _asked.Count == 0)
                return;
            id = _outstanding = Interlocked.Increment(ref _lastId);
            feeds = [.. _feeds.Where(feed => _asked.Contains(feed.Key)).Select(feed => feed.Value)];
            _asked.Clear();
        }
        foreach (var feed in feeds.Where(feed => !feed.Resuming))
        {
            feed.Begin();
            Note(new ResumeBegan(_options.Clock.Now, Name, feed.Name.ToString()));
        }
        await socket.InvokeAsync(nameof(IChatHub.Sync), id, feeds.Select(feed => feed.Asks()).ToList(), _stopped.Token);
    }

    async Task PingAsync(HubSocket socket, CancellationToken over)
    {
        try
        {
            using var timer = new PeriodicTimer(s_ping);
            while (await timer.WaitForNextTickAsync(over))
            {
                // The server pings every 10 s: one that is silent for three times that is gone, though nobody said so.
                if (_stall is null && _options.Clock.Now - _heard > 3 * s_ping.TotalMilliseconds)
                    socket.Cut();
                else
                    await socket.PingAsync(over);
            }
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader of the connection notices that too.
        }
    }

    long Expiry() => _options.ReadsLate ? long.MaxValue : _options.Clock.Now + (long)(Account.Expires - TimeProvider.System.GetUtcNow()).TotalMilliseconds;

    void Note(Observation seen) => _options.Log?.Add(seen);
}
