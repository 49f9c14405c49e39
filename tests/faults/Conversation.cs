using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Messages;
using Microsoft.AspNetCore.Http.Connections;
using Xunit;

namespace ChatGenius.FaultTests;

/// <summary>Some people in one channel, each with a client of its own, who go on posting whatever happens.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    /// <summary>Within which everyone is at head once the last fault has healed.</summary>
    public static readonly TimeSpan HealTime = TimeSpan.FromSeconds(10);

    static readonly HttpTransportType[] s_transports = [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    readonly List<ChatClient> _clients = [];
    readonly List<FeedView> _views = [];
    int _texts;

    public Guid Channel { get; private set; }
    public IReadOnlyList<ChatClient> Clients => _clients;
    public IReadOnlyList<FeedView> Views => _views;

    /// <summary>Registers people, puts them in a private channel, and connects them, over each transport in turn.</summary>
    public static async Task<Conversation> StartAsync(Uri address, int people)
    {
        var conversation = new Conversation();
        var users = new List<User>();
        for (var i = 0; i < people; i++)
        {
            var client = new ChatClient(new ChatClientOptions { Address = address, Transports = s_transports[i % s_transports.Length], MaxBackOff = TimeSpan.FromSeconds(1), CallTimeout = TimeSpan.FromSeconds(15) });
            conversation._clients.Add(client);
            var name = "p" + Guid.CreateVersion7().ToString("N");
            users.Add(await client.Api.RegisterAsync(new RegisterUser { Username = name, Password = "correct horse" }));
            await client.SignInAsync(name, "correct horse");
        }
        var created = await conversation._clients[0].Api.CreateChannelAsync(new CreateChannel
        {
            Name = "c" + Guid.CreateVersion7().ToString("N"),
            Kind = ChannelKind.Private,
            MemberIds = [.. users.Skip(1).Select(u => u.Id)],
        });
        conversation.Channel = created.Channel.Id;
        foreach (var client in conversation._clients)
        {
            client.Start();
            conversation._views.Add(client.Watch(FeedName.Messages(created.Channel.Id)));
        }
        await conversation.ConvergedAsync(0, TimeSpan.FromSeconds(30));
        return conversation;
    }

    /// <summary>Everyone posts a number of messages, one after the other, until each is stored.</summary>
    public Task PostAsync(int each) => Task.WhenAll(_clients.Select(async client =>
    {
        for (var i = 0; i < each; i++)
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var sent = await client.Outbox.SendAsync(Channel, "text " + Interlocked.Increment(ref _texts), cancellation: bound.Token);
            Assert.Equal(SendState.Sent, sent.State);
        }
    }));

    /// <summary>Waits until every client holds the same number of messages as were ever posted, and checks that it is the owner's state: whole, once each, in order.</summary>
    public async Task ConvergedAsync(int messages, TimeSpan within)
    {
        using var bound = new CancellationTokenSource(within);
        foreach (var view in _views)
            try
            {
                await view.UntilAsync(v => v.Position.Epoch > 0 && v.Items.Count >= messages, bound.Token);
            }
            catch (OperationCanceledException)
            {
                var index = _views.IndexOf(view);
                Assert.Fail($"Client {index} ({s_transports[index % s_transports.Length]}, {_clients[index].State}) holds {view.Items.Count} of {messages} messages at {view.Position} after {within}.");
            }
        var truth = (await _clients[0].Api.HistoryAsync(Channel, limit: 200)).Items;
        Assert.Equal(Enumerable.Range(1, messages).Select(s => (long)s).TakeLast(200), truth.Select(m => m.Seq));
        Assert.Equal(truth.Count, truth.Select(m => (m.AuthorId, m.ClientId)).Distinct().Count());
        foreach (var view in _views)
            Assert.Equal(truth.Select(m => (m.Id, m.Seq, m.Revision, m.Text)), view.As<Message>().OrderBy(m => m.Seq).Select(m => (m.Id, m.Seq, m.Revision, m.Text)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
    }
}
