using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;

namespace ChatGenius.Specs.Live;

public abstract class TicketSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Ticket_InTheAddress_OpensOneSocket()
    {
        var ann = await Ann();
        var ticket = await ann.TicketAsync();

        await using var socket = await RawSocket.OpenAsync(Chat.Address, ticket);
        await socket.SendAsync("""{"type":1,"invocationId":"1","target":"Sync","arguments":[[{"feed":"users","partial":true}]]}""");

        Assert.Contains("\"invocationId\":\"1\"", await Eventually.Get(socket.ReceiveAsync, record => record?.Contains("\"type\":3", StringComparison.Ordinal) == true), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.OpenAsync(Chat.Address, ticket));
        (await NegotiateAsync(ticket)).ExpectProblem(HttpStatusCode.Unauthorized, "ticket_invalid");
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Ticket_OfTheStockClient_ServesOneConnectionForAllItsRequests(HttpTransportType transport)
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var ticket = await ann.TicketAsync();

        await using var live = await LiveConnection.OpenAsync(Chat.Address, transport, () => Task.FromResult<string?>(ticket));
        await live.SyncAsync(new { feed = channel.Messages });
        await ann.PostAsync(channel, "one");
        await live.HearAsync("Delta", delta => delta.List("items").Length > 0);

        await Assert.ThrowsAnyAsync<Exception>(() => LiveConnection.OpenAsync(Chat.Address, transport, () => Task.FromResult<string?>(ticket)));
    }

    [Fact]
    public async Task Ticket_UsedByManyAtOnce_OpensOne()
    {
        var ticket = await (await Ann()).TicketAsync();

        var sockets = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await RawSocket.OpenAsync(Chat.Address, ticket);
            }
            catch (WebSocketException)
            {
                return null;
            }
        }));

        Assert.Single(sockets, socket => socket is not null);
        foreach (var socket in sockets)
            await (socket?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Ticket_OfAConnectionThatNeverWas_IsUsedUp()
    {
        var (id, ticket) = ("never-was", await (await Ann()).TicketAsync());

        (await AskAsync(id, ticket)).Expect(HttpStatusCode.NotFound);
        (await AskAsync(id, ticket)).ExpectProblem(HttpStatusCode.Unauthorized, "ticket_invalid");
    }

    [Fact]
    public async Task Ticket_OfASocketThatNeverShookHands_IsUsedUpWithIt()
    {
        var ticket = await (await Ann()).TicketAsync();
        var id = (await NegotiateAsync(ticket)).Expect(HttpStatusCode.OK).Body.Text("connectionToken")!;
        using (var socket = new ClientWebSocket())
            await socket.ConnectAsync(new UriBuilder(Chat.Address) { Scheme = "ws", Path = "/realtime", Query = Query(id, ticket) }.Uri, CancellationToken.None);

        // While the socket is there, nobody may poll it.
        var over = await Eventually.Get(() => AskAsync(id, ticket), reply => reply.Status is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized);
        over.ExpectProblem(HttpStatusCode.Unauthorized, "ticket_invalid");
    }

    [Fact]
    public async Task Ticket_MadeUp_IsRefused() => (await NegotiateAsync("made-up")).Expect(HttpStatusCode.Unauthorized).ExpectProblem();

    [Fact]
    public async Task AccessToken_InTheAddress_IsRefused()
    {
        var ann = await Ann();

        (await NegotiateAsync(ann.AccessToken)).Expect(HttpStatusCode.Unauthorized).ExpectProblem();
        await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.OpenAsync(Chat.Address, ann.AccessToken));
    }

    [Fact]
    public async Task Ticket_IsNoAccessToken()
    {
        var ticket = await (await Ann()).TicketAsync();

        (await Chat.GetAsync("/api/v1/users/me", ticket)).Expect(HttpStatusCode.Unauthorized).ExpectProblem();
    }

    [Fact]
    public async Task Ticket_SaysHowLongItLasts()
    {
        var reply = (await (await Ann()).SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Expect(HttpStatusCode.OK).Body;

        Assert.InRange(reply.Number("expiresIn"), 1, 30);
    }

    Task<Reply> AskAsync(string id, string ticket) => Chat.SendAsync(HttpMethod.Get, "/realtime?" + Query(id, ticket), (HttpContent?)null, null);

    static string Query(string id, string ticket) => $"id={Uri.EscapeDataString(id)}&access_token={Uri.EscapeDataString(ticket)}";

    Task<Reply> NegotiateAsync(string token) =>
        Chat.SendAsync(HttpMethod.Post, $"/realtime/negotiate?negotiateVersion=1&access_token={Uri.EscapeDataString(token)}", (HttpContent?)null, null);
}
