using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.ClientTests.Support;

/// <summary>A client on simulated time with a server that does what the test says. Syncs are answered at the heads of <see cref="Heads"/>, unless the test answers them itself.</summary>
internal sealed class OneClient : IDisposable
{
    public static readonly FeedName Feed = FeedName.Reads(FakeServer.Me);

    public OneClient(Func<ChatClientOptions, ChatClientOptions>? configure = null, bool signIn = true)
    {
        var options = new ChatClientOptions { Address = new Uri("http://localhost"), Time = Steps.Time, Chance = new Random(7), Ids = _ => new Guid(++_ids, 0, 0, new byte[8]) };
        Chat = new ChatClient(configure?.Invoke(options) ?? options, Server, Server.NewLine);
        Chat.StateChanged += Changes.Add;
        Server.OnSync = asked => new SyncAnswer
        {
            Deltas = [.. asked.Where(p => p.Epoch is null or 0).Select(p => new Delta { Feed = p.Feed, Epoch = 1, Reset = true, Items = [] })],
            Heads = [.. asked.Select(p => new Head { Feed = p.Feed, Epoch = 1, Revision = p.Revision ?? 0 })],
            Denied = [],
            Failed = [],
        };
        if (signIn)
            Steps.Finish(() => Chat.SignInAsync("ann", "correct horse"));
    }

    int _ids;

    public Steps Steps { get; } = new();
    public FakeServer Server { get; } = new();
    public ChatClient Chat { get; }

    /// <summary>Every transition so far.</summary>
    public List<ConnectionChange> Changes { get; } = [];

    /// <summary>Starts, watches one feed, and is live.</summary>
    public FeedView Live()
    {
        FeedView? view = null;
        Steps.Do(() =>
        {
            Chat.Start();
            view = Chat.Watch(Feed);
        });
        return view!;
    }

    public void Dispose() => Steps.Finish(async () => await Chat.DisposeAsync());
}
