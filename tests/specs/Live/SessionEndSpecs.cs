using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace ChatGenius.Specs.Live;

public abstract class SessionEndSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Revoked_SessionIsClosedWithItsCodeWithinTwoSeconds(HttpTransportType transport)
    {
        var dora = await Newcomer("dora");
        var other = await dora.SignInAgainAsync();
        await using var live = await LiveConnection.OpenAsync(dora, transport);
        await using var stays = await other.ConnectAsync();
        await live.SyncAsync(new { feed = "users", partial = true });

        (await Chat.RevokeAsync(dora.RefreshToken)).Expect(HttpStatusCode.OK);

        var closing = await live.HearAsync("Closing", within: TimeSpan.FromSeconds(2));
        Assert.Equal((4002L, false), (closing.Number("code"), closing.Flag("reconnect")));
        Assert.NotEmpty(closing.Text("reason")!);
        Assert.True(closing.Has("retryAfterMs"));
        await live.ClosedAsync(TimeSpan.FromSeconds(5));
        Assert.True(stays.IsOpen);
        await stays.SyncAsync(new { feed = "users", partial = true });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoked_SessionOfAClientBetweenTwoPolls_IsToldByTheNext(bool byTicket)
    {
        var dora = await Newcomer("dora");
        var polls = await RawPolls.OpenAsync(Chat, byTicket ? await dora.TicketAsync() : dora.AccessToken);
        (await polls.SendAsync("""{"type":1,"invocationId":"1","target":"Sync","arguments":[[{"feed":"users","partial":true}]]}""")).Expect(HttpStatusCode.OK);
        Assert.Contains("\"invocationId\":\"1\"", (await polls.PollAsync()).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        (await Chat.RevokeAsync(dora.RefreshToken)).Expect(HttpStatusCode.OK);
        // The instance knows, and takes nothing more from the client, which has no poll open.
        await Eventually.Get(() => polls.SendAsync("""{"type":6}"""), reply => reply.Status == HttpStatusCode.Unauthorized);

        var closing = await polls.HearAsync("Closing");
        Assert.Equal((4002L, false), (closing.Number("code"), closing.Flag("reconnect")));
        await Eventually.Get(polls.PollAsync, reply => reply.Status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task Renew_WithAFreshToken_SaysUntilWhen()
    {
        var dora = await Newcomer("dora");
        await using var live = await dora.ConnectAsync();
        var fresh = (await Chat.RefreshAsync(dora.RefreshToken)).Expect(HttpStatusCode.OK).Body.Text("access_token")!;

        var renewed = await live.CallAsync("Renew", fresh);

        Assert.InRange(renewed.At("expiresAt").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(14), TimeProvider.System.GetUtcNow().AddMinutes(16));
    }

    [Fact]
    public async Task Renew_WithAnotherUsersSessionsOrForgedToken_IsRefused()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        var other = await dora.SignInAgainAsync();
        await using var live = await dora.ConnectAsync();

        foreach (var token in (string[])[bob.AccessToken, other.AccessToken, dora.AccessToken + "x", "made-up", ""])
        {
            var refusal = await Assert.ThrowsAsync<HubException>(() => live.CallAsync("Renew", token));
            Assert.Matches("[a-z_]+: .+", refusal.Message);
        }
        Assert.True(live.IsOpen);
    }
}
