using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>One of the project's clients and the one who uses it: posts, edits, reacts, deletes and reads, whatever happens, and notes what came of it.</summary>
internal sealed class Talker : IAsyncDisposable
{
    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(300);

    readonly HistoryLog _log;
    readonly RunClock _clock;
    readonly Random _chance;
    readonly Town _town;
    readonly List<Message> _own = [];
    readonly List<FeedView> _views = [];

    public Talker(string name, Account account, ChatClient client, Town town, HistoryLog log, RunClock clock, Random chance)
    {
        (Name, Account, Client, _town, _log, _clock, _chance) = (name, account, client, town, log, clock, chance);
        var gate = new Lock();
        var up = false;
        client.StateChanged += _ =>
        {
            lock (gate)
            {
                var now = client.State is ConnectionState.Live or ConnectionState.CatchingUp;
                if (now != up)
                    log.Add(now ? new ConnectionOpened(clock.Now, name, account.Id, name) : new ConnectionClosed(clock.Now, name, CloseCause.Transport));
                up = now;
            }
        };
        foreach (var feed in town.FeedsOf(account))
            Watch(feed);
        client.Start();
    }

    public string Name { get; }
    public Account Account { get; }
    public ChatClient Client { get; }
    public IReadOnlyList<FeedView> Views => _views;

    /// <summary>Goes on until told to stop; what is under way then is finished or given up, and only what was answered is noted as answered.</summary>
    public async Task TalkAsync(TimeSpan pace, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pace * (0.5 + _chance.NextDouble()), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            try
            {
                await ActAsync(stop);
            }
            catch (Exception away) when (away is HttpRequestException or ChatApiException or OperationCanceledException or IOException or TimeoutException)
            {
                // What was not answered may have happened or not; the next thing is another.
            }
        }
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    void Watch(FeedName feed)
    {
        var view = Client.Watch(feed);
        var gate = new Lock();
        var stood = Place.Nothing;
        view.Changed += _ =>
        {
            // Read within the gate, so that what is noted is in the order in which it was so.
            lock (gate)
            {
                var stands = Place.Of(view.Position);
                if (stands != stood)
                    _log.Add(new PositionMoved(_clock.Now, Name, feed.ToString(), stood, stands, ByReset: stands.Epoch != stood.Epoch));
                stood = stands;
            }
        };
        _views.Add(view);
    }

    Task ActAsync(CancellationToken stop)
    {
        var room = _town.Rooms.Where(room => room.Members.Contains(Account)).ElementAt(_chance.Next(2)).Channel;
        return _own.Count == 0 ? PostAsync(room, stop) : _chance.Next(100) switch
        {
            < 25 => PostAsync(room, stop),
            < 50 => SendAsync(room, stop),
            < 65 => ChangeAsync(Own(), own => Client.Api.EditAsync(own.ChannelId, own.Id, new EditMessage { Text = "edited " + _chance.Next() }, stop)),
            < 85 => ChangeAsync(Own(), own => Client.Api.ReactAsync(own.ChannelId, own.Id, _chance.Next(2) == 0 ? "👍" : "🎉", stop)),
            < 90 => DeleteAsync(stop),
            _ => ReadAsync(stop),
        };
    }

    // By hand, so that the attempt itself is known.
    async Task PostAsync(Guid channel, CancellationToken stop)
    {
        var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "text " + _chance.Next() };
        _log.Add(new SendAttempted(_clock.Now, Account.Id, body.ClientId, channel, body.Text));
        while (true)
        {
            try
            {
                Stored(await Client.Api.PostAsync(channel, body, stop));
                return;
            }
            catch (ChatApiException refused) when (!refused.IsPassing)
            {
                _log.Add(new SendRefused(_clock.Now, Account.Id, body.ClientId, channel, refused.Code));
                return;
            }
            catch (Exception away) when (away is HttpRequestException or ChatApiException or IOException or TimeoutException || (away is OperationCanceledException && !stop.IsCancellationRequested))
            {
                await Task.Delay(s_again, stop);
            }
        }
    }

    async Task SendAsync(Guid channel, CancellationToken stop)
    {
        var sent = await Client.Outbox.SendAsync(channel, "sent " + _chance.Next(), cancellation: stop);
        if (sent is { State: SendState.Sent, Message: { } message })
            Stored(message);
        else if (sent.State == SendState.Failed)
            _log.Add(new SendRefused(_clock.Now, Account.Id, sent.Body.ClientId, channel, sent.Failure?.Code ?? ""));
    }

    void Stored(Message message)
    {
        _log.Add(new SendAcknowledged(_clock.Now, Account.Id, message.ClientId, message.ChannelId, message.Id, message.Seq, message.Revision));
        _own.Add(message);
    }

    Message Own() => _own[_chance.Next(_own.Count)];

    async Task ChangeAsync(Message own, Func<Message, Task<Message>> change)
    {
        var changed = await change(own);
        _log.Add(new ChangeAcknowledged(_clock.Now, Account.Id, FeedName.Messages(changed.ChannelId).ToString(), changed.Id.ToString("D"), changed.Revision));
    }

    async Task DeleteAsync(CancellationToken stop)
    {
        var own = Own();
        _own.Remove(own);
        await ChangeAsync(own, _ => Client.Api.DeleteAsync(own.ChannelId, own.Id, stop));
    }

    async Task ReadAsync(CancellationToken stop)
    {
        var own = _own[^1];
        var read = await Client.Api.MarkReadAsync(own.ChannelId, own.Seq, cancellation: stop);
        _log.Add(new ChangeAcknowledged(_clock.Now, Account.Id, FeedName.Reads(Account.Id).ToString(), own.ChannelId.ToString("D"), read.Revision));
    }
}
