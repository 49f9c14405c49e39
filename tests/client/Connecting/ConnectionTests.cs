using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.TestSupport.Stepping;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatGenius.ClientTests.Connecting;

public sealed class ConnectionTests : IDisposable
{
    readonly OneClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Report_Every30Seconds_TellsWhatWasSeenSinceLastTime()
    {
        _client.Live();
        _client.Steps.Do(() => _client.Server.Line.End());
        _client.Steps.Pass(TimeSpan.FromSeconds(31));
        var first = Assert.Single(_client.Server.Line.Reports);
        Assert.Equal((1, 1, "webSockets"), (first.Reconnects, first.Causes!["lost"], first.Transport));
        _client.Steps.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal((2, 0), (_client.Server.Line.Reports.Count, _client.Server.Line.Reports[1].Reconnects));
    }

    [Fact]
    public void Watch_WhileTheLoopIsBusyOtherwise_IsNotForgotten()
    {
        _client.Live();
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Server.Line.OnReport = () => reported.Task;
        _client.Steps.Pass(TimeSpan.FromSeconds(30));
        var syncs = _client.Server.Line.Syncs.Count;
        _client.Steps.Do(() => _client.Chat.Watch(FeedName.Users));
        _client.Steps.Do(reported.SetResult);

        Assert.Equal(syncs + 1, _client.Server.Line.Syncs.Count);
    }

    [Fact]
    public void Presence_IsSaidAgainAtEachConnection()
    {
        var bob = Guid.CreateVersion7();
        _client.Live();
        _client.Steps.Finish(() => _client.Chat.SetPresenceAsync(PresenceState.Away));
        _client.Steps.Finish(() => _client.Chat.WatchPresenceAsync([bob]));
        string[] said = ["presence away", $"watch presence {bob}"];
        Assert.Equal(said, _client.Server.Line.Said);
        _client.Steps.Do(() => _client.Server.Line.End());
        _client.Steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _client.Server.Lines.Count);
        Assert.Equal(said, _client.Server.Line.Said);
    }

    [Fact]
    public void States_BeginWithThePresentOne()
    {
        _client.Live();
        var states = _client.Chat.StatesAsync().GetAsyncEnumerator();
        Assert.Equal(new ConnectionChange(ConnectionState.Live, ConnectionState.Live, ConnectionCause.CaughtUp), Next());
        _client.Steps.Do(() => _client.Server.Line.End());
        Assert.Equal(ConnectionCause.Lost, Next().Cause);

        ConnectionChange Next() => _client.Steps.Finish(async () =>
        {
            Assert.True(await states.MoveNextAsync());
            return states.Current;
        });
    }

    [Fact]
    public void AddChatGeniusClient_GivesOneClientThatIsNotConnected()
    {
        using var services = new ServiceCollection().AddChatGeniusClient(new Uri("http://localhost:1"), o => o with { CallTimeout = TimeSpan.FromSeconds(3) }).BuildServiceProvider();

        var client = services.GetRequiredService<ChatClient>();
        Assert.Same(client, services.GetRequiredService<ChatClient>());
        Assert.Equal(ConnectionState.Offline, client.State);
    }
}
