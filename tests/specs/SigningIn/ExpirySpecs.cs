using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.SigningIn;

/// <summary>A host whose tokens last seconds, so that specs can see them end.</summary>
public sealed class ShortLivedFixture() : DeploymentFixture(new HostDeployment(new DeploymentOptions
{
    LogName = "short-lived",
    Environment = new Dictionary<string, string?> { ["ChatGenius__AccessTokenLifetime"] = "00:00:06" },
}));

/// <summary>Specs of time that passes; on the host alone, since the services share this code and time costs time.</summary>
public sealed class ExpirySpecs(ShortLivedFixture fixture) : IClassFixture<ShortLivedFixture>
{
    static readonly TimeSpan LifeAndGrace = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Token_PastItsTime_IsExpiredOverHttp()
    {
        var dora = await fixture.Chat.RegisterAsync("dora");

        var reply = await Eventually.Get(() => dora.GetAsync("/api/v1/users/me"), reply => reply.Status == HttpStatusCode.Unauthorized);

        reply.ExpectProblem(HttpStatusCode.Unauthorized, "token_expired");
    }

    [Fact]
    public async Task Ticket_PastItsTime_OpensNothing()
    {
        var ticket = await (await fixture.Chat.RegisterAsync("dora")).TicketAsync();
        var path = $"/realtime/negotiate?negotiateVersion=1&access_token={Uri.EscapeDataString(ticket)}";
        (await fixture.Chat.SendAsync(HttpMethod.Post, path)).Expect(HttpStatusCode.OK);

        var reply = await Eventually.Get(
            () => fixture.Chat.SendAsync(HttpMethod.Post, path), reply => reply.Status != HttpStatusCode.OK, TimeSpan.FromSeconds(35), pause: TimeSpan.FromSeconds(1));

        reply.Expect(HttpStatusCode.Unauthorized).ExpectProblem();
    }

    [Fact]
    public async Task Connection_WhoseTokenExpired_IsWarnedAndClosedUnlessItRenews()
    {
        var dora = await fixture.Chat.RegisterAsync("dora");
        await using var lapses = await dora.ConnectAsync();
        var polls = await RawPolls.OpenAsync(fixture.Chat, dora.AccessToken);
        await using var renews = await dora.ConnectAsync();
        await lapses.SyncAsync(new { feed = "users", partial = true });
        using var stop = new CancellationTokenSource();
        var renewing = RenewAsync(dora, renews, stop.Token);

        await lapses.HearAsync("Expiring", within: LifeAndGrace);
        await Eventually.Get(() => dora.GetAsync("/api/v1/users/me"), reply => reply.Status == HttpStatusCode.Unauthorized);
        var polled = polls.HearAsync("Closing");
        var closing = await lapses.HearAsync("Closing", within: LifeAndGrace);
        await lapses.ClosedAsync(TimeSpan.FromSeconds(5));
        var told = await polled;

        Assert.Equal((4001L, true), (closing.Number("code"), closing.Flag("reconnect")));
        Assert.Equal((4001L, true), (told.Number("code"), told.Flag("reconnect")));
        Assert.True(renews.IsOpen);
        Assert.Empty(renews.Told("Closing"));
        await stop.CancelAsync();
        await renewing;
    }

    // Renews whenever the server says that the token ends, as clients do.
    async Task RenewAsync(Person person, LiveConnection live, CancellationToken stop)
    {
        var refreshToken = person.RefreshToken;
        for (var renewals = 0; !stop.IsCancellationRequested; renewals++)
        {
            await Eventually.True(() => stop.IsCancellationRequested || live.Told("Expiring").Count > renewals, LifeAndGrace);
            if (stop.IsCancellationRequested)
                return;
            var fresh = (await fixture.Chat.RefreshAsync(refreshToken)).Expect(HttpStatusCode.OK).Body;
            refreshToken = fresh.Text("refresh_token")!;
            await live.CallAsync("Renew", fresh.Text("access_token"));
        }
    }
}
