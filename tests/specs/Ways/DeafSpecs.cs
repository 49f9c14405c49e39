using System.Diagnostics;

namespace ChatGenius.Specs.Ways;

/// <summary>That the deaf way is deaf, or what passes there would show nothing.</summary>
[Collection(DeafCollection.Name)]
public sealed class DeafSpecs(DeafFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task BrokerAndCache_CarryNothing()
    {
        Assert.Empty(await fixture.Distributed.Deaf.EventsHeardAsync());
        Assert.False(await fixture.Distributed.Deaf.CacheCarriesAsync());
    }

    [Fact]
    public async Task Delta_ComesWithATickAndNotBefore()
    {
        const int Rounds = 6;
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var live = await bob.ConnectAsync();
        await live.SyncAsync(new { feed = channel.Messages });
        var clock = new Stopwatch();

        for (var round = 0; round < Rounds; round++)
        {
            var message = await ann.PostAsync(channel, $"message {round}");
            await live.HearAsync("Delta", delta => delta.Text("feed") == channel.Messages && delta.Number("to") == message.Number("revision"));
            clock.Start();
        }

        // What is posted just after a tick waits for the next: the first is heard after the first tick, the last after the sixth.
        Assert.True(clock.Elapsed > (Rounds - 2) * DeafFixture.Tick, $"{Rounds} deltas took {clock.Elapsed.TotalMilliseconds:0} ms.");
    }
}
