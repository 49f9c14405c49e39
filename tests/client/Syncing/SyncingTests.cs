using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.ClientTests.Syncing;

public sealed class SyncingTests : IDisposable
{
    static readonly Guid s_channel = Owner.Channel;
    readonly OneClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Connect_AsksForAllFeedsAtOnce_500InACall()
    {
        _client.Steps.Do(() =>
        {
            for (var i = 1; i <= 700; i++)
                _client.Chat.Watch(FeedName.Members(new Guid(i, 0, 0, new byte[8])));
            _client.Chat.Start();
        });

        Assert.Equal([500, 200], _client.Server.Line.Syncs.Select(s => s.Count));
        _client.Steps.Do(() => _client.Server.Line.End());
        _client.Steps.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal([500, 200], _client.Server.Line.Syncs.Select(s => s.Count));
        Assert.Equal(700, _client.Server.Line.Syncs.SelectMany(s => s).Select(p => p.Feed).Distinct().Count());
        Assert.All(_client.Server.Line.Syncs.SelectMany(s => s), p => Assert.Equal(1, p.Epoch));
    }

    [Fact]
    public void FirstFrame_BeforeTheStartIsOver_IsTaken()
    {
        _client.Server.OnStart = line =>
        {
            line.Events.Delta(Delta(0, 1, reset: true));
            line.Events.Delta(Delta(1, 2));
            return Task.CompletedTask;
        };
        var view = _client.Live();

        Assert.Equal(2, view.Position.Revision);
    }

    [Fact]
    public void Gap_AsksForThatFeedAlone_After500Ms()
    {
        var view = _client.Live();
        _client.Steps.Do(() => _client.Chat.Watch(FeedName.Users));
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(3, 4)));
        var asked = _client.Server.Line.Syncs.Count;
        _client.Steps.Pass(TimeSpan.FromMilliseconds(499));
        Assert.Equal(asked, _client.Server.Line.Syncs.Count);
        _client.Steps.Pass(TimeSpan.FromMilliseconds(1));

        var position = Assert.Single(_client.Server.Line.Syncs[^1]);
        Assert.Equal((view.Name.ToString(), 0), (position.Feed, position.Revision));
    }

    [Fact]
    public void Superseded_AsksAgain()
    {
        _client.Server.OnSync = null;
        _client.Live();
        _client.Steps.Do(() => _client.Server.Line.Waiting!.SetException(new ChatHubException("superseded", "A newer Sync took its place.")));
        _client.Steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _client.Server.Line.Syncs.Count);
        Assert.Single(_client.Server.Lines);
    }

    [Fact]
    public void Denied_WhileTheListSaysMember_AsksAgainWithGrowingPauses()
    {
        var list = FeedName.UserChannels(FakeServer.Me).ToString();
        var (asked, denied) = (new List<TimeSpan>(), true);
        var answer = _client.Server.OnSync!;
        _client.Server.OnSync = positions =>
        {
            var said = answer(positions);
            if (positions.Any(p => p.Feed == list && p.Epoch == 0))
                said = said with { Deltas = [Delta(0, 1, reset: true, feed: list, items: [Mine(left: false, 1)])], Heads = [new Head { Feed = list, Epoch = 1, Revision = 1 }] };
            if (positions.All(p => p.Feed != Owner.Feed.ToString()))
                return said;
            asked.Add(_client.Steps.Time.Elapsed);
            return denied ? new SyncAnswer { Deltas = said.Deltas.Where(d => d.Feed == list).ToArray(), Heads = said.Heads.Where(h => h.Feed == list).ToArray(), Denied = [Owner.Feed.ToString()], Failed = [] } : said;
        };
        FeedView? view = null;
        _client.Steps.Do(() =>
        {
            _client.Chat.Watch(FeedName.Parse(list));
            view = _client.Chat.Watch(Owner.Feed);
            _client.Chat.Start();
        });
        _client.Steps.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal((Continuity.Denied, ConnectionState.Live), (view!.Continuity, _client.Chat.State));
        var pauses = asked.Zip(asked.Skip(1), (a, b) => b - a).ToArray();
        Assert.True(pauses.Length > 5 && pauses[0] < pauses[^1] && pauses[^1] > TimeSpan.FromSeconds(5), string.Join(' ', pauses));
        denied = false;
        _client.Steps.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(Continuity.Continued, view.Continuity);
    }

    [Fact]
    public void Unwatch_TellsTheServerOnce_AndLeavesTheOtherWatchers()
    {
        var view = _client.Live();
        _client.Steps.Do(() => _client.Chat.Watch(OneClient.Feed));
        _client.Steps.Do(() => _client.Chat.Unwatch(OneClient.Feed));
        Assert.Empty(_client.Server.Line.Said);
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(0, 1)));
        Assert.Equal(1, view.Position.Revision);

        _client.Steps.Do(() => _client.Chat.Unwatch(OneClient.Feed));
        Assert.Equal(["unwatch " + OneClient.Feed], _client.Server.Line.Said);
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(1, 2)));
        Assert.Equal(1, view.Position.Revision);
        _client.Steps.Do(() => _client.Server.Line.End());
        _client.Steps.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Server.Line.Syncs);
    }

    [Fact]
    public void Mode_ChangedFromHeadsToLive_AsksForTheFeed()
    {
        _client.Steps.Do(() => _client.Chat.Watch(OneClient.Feed, FeedMode.Heads));
        var view = _client.Live();

        Assert.Equal([SyncMode.Heads, null], _client.Server.Line.Syncs.SelectMany(s => s).Select(p => p.Mode).Prepend(SyncMode.Heads).Distinct());
        Assert.Equal(1, view.Position.Epoch);
    }

    [Fact]
    public void Handler_ThatThrows_HarmsNobody()
    {
        var view = _client.Live();
        var told = 0;
        view.Changed += _ => throw new InvalidOperationException("The handler is broken.");
        view.Changed += _ => told++;
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(0, 1)));

        Assert.Equal((1, 1, ConnectionState.Live), ((int)view.Position.Revision, _client.Server.Lines.Count, _client.Chat.State));
        Assert.Equal(1, told);
    }

    [Fact]
    public void Changes_TellAllAtFirst_ThenWhatChanged_SlowOnesAsOne()
    {
        var view = _client.Live();
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(0, 1, items: [Read(1, 1)])));
        using var cancellation = new CancellationTokenSource();
        var changes = view.ChangesAsync(cancellation.Token).GetAsyncEnumerator(cancellation.Token);

        var first = Next();
        Assert.Equal((true, 1, 1L), (first.Reset, first.Items.Count, first.Position.Revision));
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(1, 2, items: [Read(2, 2)])));
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(2, 3, items: [Read(2, 3)])));
        var second = Next();
        Assert.Equal((false, 1, 3L), (second.Reset, second.Items.Count, second.Position.Revision));
        _client.Steps.Do(() => _client.Server.Line.Events.Delta(Delta(0, 9, reset: true, items: [Read(1, 9)])));
        Assert.True(Next().Reset);

        FeedChange Next() => _client.Steps.Finish(async () =>
        {
            Assert.True(await changes.MoveNextAsync());
            return changes.Current;
        });
    }

    static System.Text.Json.JsonElement Read(int channel, long revision) => ContractsJson.ToItem(new { channelId = new Guid(channel, 0, 0, new byte[8]), seq = revision, mentions = 0, revision });

    static System.Text.Json.JsonElement Mine(bool left, long revision) =>
        ContractsJson.ToItem(new MyChannel { ChannelId = s_channel, Role = MemberRole.Member, Starred = false, Muted = false, Hidden = false, Notify = NotifyWhen.All, Left = left, Revision = revision });

    static Delta Delta(long from, long to, bool reset = false, string? feed = null, IReadOnlyList<System.Text.Json.JsonElement>? items = null) =>
        new() { Feed = feed ?? OneClient.Feed.ToString(), Epoch = 1, From = reset ? 0 : from, To = to, Reset = reset, Items = items ?? [] };
}
