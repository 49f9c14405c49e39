using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.TestSupport.Stepping;
using CsCheck;
using Xunit;

namespace ChatGenius.ClientTests.Syncing;

/// <summary>Whatever the network does to deltas, answers and connections, in whichever order: nothing is lost, nothing doubled, and in the end the client holds what the owner holds.</summary>
public sealed class ConvergenceTests
{
    static readonly Gen<(int What, int Which)[]> s_runs = Gen.Select(Gen.Int[0, 21], Gen.Int[0, 999]).Array[5, 80];

    [Fact]
    public void Client_AnyInterleaving_ConvergesToTheOwner() => s_runs.Sample(steps =>
    {
        using var run = new ConvergenceRun();
        foreach (var (what, which) in steps)
            run.Step(what, which);
        run.Heal();
    }, iter: 2000, print: steps => string.Join(' ', steps.Select(s => $"{s.What}:{s.Which}")));
}

/// <summary>One client, one owner, and everything that is on its way between them.</summary>
internal sealed class ConvergenceRun : IDisposable
{
    static readonly Guid s_bob = Guid.Parse("01920000-0000-7000-8000-00000000000b");

    readonly OneClient _client = new();
    readonly Owner _owner = new();
    readonly List<Delta> _onTheWay = [];
    readonly FeedView _view;
    SyncAnswer? _read;
    MessagePage? _page;
    Message? _edited;
    Task<bool>? _older;
    (long Epoch, long Revision) _stood;
    int _texts;

    public ConvergenceRun()
    {
        _client.Server.OnSync = null;
        FeedView? view = null;
        _client.Steps.Do(() =>
        {
            _client.Chat.Start();
            view = _client.Chat.Watch(Owner.Feed);
        });
        _view = view!;
    }

    Steps Steps => _client.Steps;
    FakeLine Line => _client.Server.Line;

    public void Step(int what, int which)
    {
        switch (what)
        {
            case 0 or 1:
                Say(_owner.Store(s_bob, new Guid(++_texts, 2, 2, new byte[8]), $"bob {_texts}").Delta);
                break;
            case 2:
                Say(_owner.Edit(which, $"edited {++_texts}"));
                break;
            case 3:
                Steps.Do(() => _client.Chat.Outbox.Send(Owner.Channel, $"mine {++_texts}"));
                break;
            case 4 or 5 or 6:
                Deliver(0, keep: false);
                break;
            case 7:
                Deliver(which, keep: false);
                break;
            case 8:
                Deliver(which, keep: true);
                break;
            case 9:
                if (_onTheWay.Count > 0)
                    _onTheWay.RemoveAt(which % _onTheWay.Count);
                break;
            case 10:
                Steps.Do(() => Line.End());
                break;
            case 11:
                Steps.Pass(TimeSpan.FromMilliseconds(which * 3));
                break;
            case 12:
                ReadSync();
                break;
            case 13 or 14:
                AnswerSync();
                break;
            case 15:
                Post(store: true, answer: which % 3 > 0);
                break;
            case 16:
                Post(store: false, answer: false);
                break;
            case 17:
                Page(which);
                break;
            case 18:
                if (which < 500)
                    _owner.BackUp();
                else if (which < 700)
                    _owner.Restore();
                break;
            case 20 or 21:
                Edit(which);
                break;
            default:
                Steps.Do(() => Line.Events.Behind([Owner.Feed.ToString()]));
                break;
        }
        Check();
    }

    /// <summary>Everything that is lost is over: from here on the network brings what it is given.</summary>
    public void Heal()
    {
        _onTheWay.Clear();
        Steps.Do(() => Line.End());
        for (var i = 0; i < 200 && !(IsAtHead() && _client.Chat.State == ConnectionState.Live && _client.Chat.Outbox.Waiting.Count == 0); i++)
        {
            AnswerSync();
            Post(store: true, answer: true);
            while (_onTheWay.Count > 0)
                Deliver(0, keep: false);
            Steps.Pass(TimeSpan.FromMilliseconds(500));
            Check();
        }
        Assert.Empty(_client.Chat.Outbox.Waiting);
        AssertHoldsTheTruth();
        for (var i = 0; i < 100 && _view.Floor > 1; i++)
            Page(i);
        AssertHoldsTheTruth();
        Assert.Equal(_owner.Messages.Count, _view.Messages.Count);
        Assert.Equal(ConnectionState.Live, _client.Chat.State);
    }

    public void Dispose() => _client.Dispose();

    bool IsAtHead() => (_view.Position.Epoch, _view.Position.Revision) == (_owner.Epoch, _owner.Head);

    void AssertHoldsTheTruth()
    {
        Assert.Equal((_owner.Epoch, _owner.Head), (_view.Position.Epoch, _view.Position.Revision));
        Assert.Equal(Known(_owner.Messages.Where(m => m.Seq >= _view.Floor)), Known(_view.Messages));

        static IEnumerable<(Guid, long, long, string?)> Known(IEnumerable<Message> messages) => messages.Select(m => (m.Id, m.Seq, m.Revision, m.Text));
    }

    // What holds at every moment.
    void Check()
    {
        var stands = (_view.Position.Epoch, _view.Position.Revision);
        Assert.True(stands.CompareTo(_stood) >= 0, $"The position went from {_stood} back to {stands}.");
        _stood = stands;
        var seqs = _view.Messages.Select(m => m.Seq).ToArray();
        Assert.Equal(Enumerable.Range(0, seqs.Length).Select(i => _view.Floor + i), seqs);
        var mine = _view.Messages.Where(m => m.AuthorId == FakeServer.Me).Select(m => m.ClientId).ToArray();
        Assert.Equal(mine.Length, mine.Distinct().Count());
        Assert.DoesNotContain(_client.Chat.Outbox.Waiting, m => mine.Contains(m.Body.ClientId));
    }

    void Say(Delta? delta)
    {
        if (delta is not null)
            _onTheWay.Add(delta);
    }

    void Deliver(int which, bool keep)
    {
        if (_onTheWay.Count == 0)
            return;
        var delta = _onTheWay[which % _onTheWay.Count];
        if (!keep)
            _onTheWay.Remove(delta);
        Steps.Do(() => Line.Events.Delta(delta));
    }

    // Read at one time and answered at another.
    void ReadSync() => _read ??= Line.Waiting is { Task.IsCompleted: false } ? _owner.Sync(Line.Syncs[^1].Single()) : null;

    void AnswerSync()
    {
        ReadSync();
        var (answer, waiting) = (_read, Line.Waiting);
        _read = null;
        if (answer is not null && waiting is { Task.IsCompleted: false })
            Steps.Do(() => waiting.TrySetResult(answer));
    }

    void Post(bool store, bool answer)
    {
        foreach (var (body, waits) in _client.Server.Posts.Take(1).ToArray())
        {
            var stored = store ? _owner.Store(FakeServer.Me, body.ClientId, body.Text) : default;
            Say(stored.Delta);
            Steps.Do(() =>
            {
                if (answer)
                    waits.TrySetResult(stored.Message);
                else
                    waits.TrySetException(new HttpRequestException("The connection broke."));
            });
        }
    }

    // Sent, done, and answered, at three times.
    void Edit(int which)
    {
        var call = _client.Server.Calls.LastOrDefault(c => c.Method == HttpMethod.Patch && !c.Answer.Task.IsCompleted);
        if (call.Answer is null)
        {
            if (_view.Messages is { Count: > 0 } held)
                Steps.Do(() => _ = _client.Chat.Api.EditAsync(Owner.Channel, held[which % held.Count].Id, new EditMessage { Text = $"mine {++_texts}" }));
        }
        else if (_edited is null)
        {
            var index = _owner.Messages.ToList().FindIndex(m => call.Path.EndsWith(m.Id.ToString(), StringComparison.Ordinal));
            if (index >= 0)
            {
                Say(_owner.Edit(index, ((EditMessage)call.Body!).Text));
                _edited = _owner.Messages[index];
            }
        }
        else
        {
            var edited = _edited;
            _edited = null;
            Steps.Do(() => call.Answer.TrySetResult(edited));
        }
    }

    // Asked for, read, and answered, at three times.
    void Page(int which)
    {
        if (_older is null or { IsCompleted: true })
            Steps.Do(() => _older = _view.OlderAsync(limit: 1 + which % 5));
        var call = _client.Server.Calls.LastOrDefault(c => c.Path.Contains("before=", StringComparison.Ordinal) && !c.Answer.Task.IsCompleted);
        if (call.Answer is null)
            Steps.Pass(TimeSpan.FromMilliseconds(200));
        else if (_page is null)
            _page = _owner.Page(long.Parse(call.Path.Split("before=")[1], System.Globalization.CultureInfo.InvariantCulture), 1 + which % 5);
        else
        {
            var page = _page;
            _page = null;
            Steps.Do(() => call.Answer.TrySetResult(page));
        }
    }
}
