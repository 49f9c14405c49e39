using System.Net;
using System.Text.Json;
using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.ClientTests.Vectors;

/// <summary>Runs a script on the client's own parts: its plan, its views, its outbox.</summary>
internal sealed class VectorRun
{
    readonly Steps _steps = new();
    readonly FakeServer _server = new();
    readonly Queue<Guid> _clientIds = new();
    readonly List<OutgoingMessage> _sent = [];
    readonly Vector _vector;
    readonly SyncPlan _plan;
    readonly Outbox _outbox;
    readonly FeedView _view;
    bool? _joined;
    int? _drops;

    public VectorRun(Vector vector)
    {
        _vector = vector;
        var options = new ChatClientOptions { Address = new Uri("http://localhost"), Time = _steps.Time, Chance = new Random(1), Ids = _ => _clientIds.Dequeue() };
        _plan = new SyncPlan(options);
        _outbox = new Outbox(new ChatApi(_server, new TokenKeeper(_server, options), options, _ => Answered), options, () => vector.Me, CancellationToken.None);
        var mode = Enum.Parse<FeedMode>(vector.Mode, ignoreCase: true);
        _view = Watch(vector.Feed, mode);
        foreach (var other in vector.Also)
            Watch(other, FeedMode.Live);
        _plan.Take(TimeSpan.Zero);
    }

    public void Run()
    {
        for (var i = 0; i < _vector.Steps.Count; i++)
        {
            var step = _vector.Steps[i];
            var input = step.EnumerateObject().Single(p => p.Name != "then");
            _joined = null;
            _steps.Do(() => Take(input.Name, input.Value));
            var needs = Needs();
            foreach (var expected in step.GetProperty("then").EnumerateObject())
                Check($"{_vector.Name}, step {i + 1} ({input.Name}): {expected.Name}", expected.Name, expected.Value, needs);
        }
    }

    void Take(string input, JsonElement value)
    {
        var now = _steps.Time.Elapsed;
        switch (input)
        {
            case "delta":
                Offer(Read<Delta>(value));
                break;
            case "sync":
                var answer = Read<SyncAnswer>(value);
                foreach (var delta in answer.Deltas)
                    Offer(delta);
                _plan.Answered([], answer, now);
                break;
            case "heads":
                _plan.Offer(Read<IReadOnlyList<Head>>(value), now);
                break;
            case "behind" or "dropped":
                _plan.Ask(Read<IReadOnlyList<string>>(value), now);
                break;
            case "connect":
                _plan.Opened(now);
                break;
            case "patience":
                _steps.Pass(FeedReader.GapPatience);
                break;
            case "page":
                _joined = _view.TryJoin(Read<MessagePage>(value));
                break;
            case "put":
                _joined = _view.TryPut(Read<Position>(value.GetProperty("feed")), Read<IReadOnlyList<User>>(value.GetProperty("items")));
                break;
            case "command":
                _drops = _view.Drops;
                break;
            case "answer":
                var message = Read<Message>(value);
                if (message.AuthorId == _vector.Me && _outbox.Waiting.Any(m => m.Body.ClientId == message.ClientId))
                    Post(message.ClientId).SetResult(message);
                else
                    Answered(value);
                break;
            case "send":
                _clientIds.Enqueue(value.GetProperty("clientId").GetGuid());
                _sent.Add(_outbox.Send(FeedName.Parse(_vector.Feed).Id, "hello"));
                break;
            case "lost":
                Post(value.GetGuid()).SetException(new HttpRequestException("The connection broke."));
                break;
            case "refused":
                Post(value.GetProperty("clientId").GetGuid()).SetException(new ChatApiException((HttpStatusCode)value.GetProperty("status").GetInt32(), value.GetProperty("code").GetString()!, "", null));
                break;
            case "retry":
                _outbox.Retry(Sent(value.GetGuid()));
                break;
            case "discard":
                _outbox.Discard(Sent(value.GetGuid()));
                break;
            default:
                throw new NotSupportedException($"No step is called {input}.");
        }
    }

    // What the step made necessary; it counts as asked then.
    string Needs()
    {
        var asked = _plan.Take(_steps.Time.Elapsed).Any(p => p.Feed == _vector.Feed);
        var due = _plan.NextDue;
        return asked ? "now" : due is null ? "nothing" : _view.Needed() == Need.AskSoon && due <= _steps.Time.Elapsed + FeedReader.GapPatience ? "soon" : "later";
    }

    void Check(string what, string name, JsonElement expected, string needs)
    {
        switch (name)
        {
            case "position":
                Equal([_view.Position.Epoch, _view.Position.Revision], Read<long[]>(expected));
                break;
            case "floor":
                Equal(_view.Floor, expected.GetInt64());
                break;
            case "need":
                Equal(needs, expected.GetString());
                break;
            case "held":
                Equal(new SortedDictionary<string, long>(_view.Items.ToDictionary(i => FeedItems.Key(_view.Name.Kind, i), FeedItems.Revision)), new SortedDictionary<string, long>(Read<Dictionary<string, long>>(expected)));
                break;
            case "continuity":
                Equal(_view.Continuity.ToString(), expected.GetString(), ignoreCase: true);
                break;
            case "head":
                Equal([_view.Head!.Epoch, _view.Head.Revision], Read<long[]>(expected));
                break;
            case "joined":
                Equal(_joined, expected.GetBoolean());
                break;
            case "outbox":
                Equal(new SortedDictionary<string, string>(_outbox.Waiting.ToDictionary(m => m.Body.ClientId.ToString("D"), m => m.State.ToString().ToLowerInvariant())), new SortedDictionary<string, string>(Read<Dictionary<string, string>>(expected)));
                break;
            case "shown":
                Equal(_view.Messages.Count + _outbox.Waiting.Count, expected.GetInt32());
                break;
            default:
                throw new NotSupportedException($"Nothing is called {name}.");
        }

        void Equal<T>(T actual, T wanted, bool ignoreCase = false)
        {
            var (is_, should) = (JsonSerializer.Serialize(actual), JsonSerializer.Serialize(wanted));
            Assert.True(string.Equals(is_, should, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal), $"{what} is {is_} and should be {should}.");
        }
    }

    FeedView Watch(string feed, FeedMode mode) => _plan.Watch(FeedName.Parse(feed), mode, () => new FeedView(FeedName.Parse(feed)), TimeSpan.Zero);

    void Offer(Delta delta)
    {
        _plan.Offer(delta, _steps.Time.Elapsed);
        _outbox.Seen(delta);
    }

    void Answered(JsonElement item)
    {
        _view.Update(item, _drops ?? _view.Drops);
        _drops = null;
    }

    OutgoingMessage Sent(Guid clientId) => _sent.Single(m => m.Body.ClientId == clientId);

    // A try that is not made yet comes after its back-off.
    TaskCompletionSource<object> Post(Guid clientId)
    {
        while (_server.Posts.All(p => p.Body.ClientId != clientId) && _steps.Time.Next is { } next)
            _steps.Pass(next - _steps.Time.Elapsed);
        return _server.Posts.Single(p => p.Body.ClientId == clientId).Answer;
    }

    static T Read<T>(JsonElement value) => value.Deserialize<T>(ContractsJson.Options)!;
}
