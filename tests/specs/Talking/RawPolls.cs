using System.Text;

namespace ChatGenius.Specs.Talking;

/// <summary>A connection by bare long polling, which asks for what waits only when it is told to.</summary>
public sealed class RawPolls
{
    readonly Chat _chat;
    readonly string _credential;
    readonly string _path;

    RawPolls(Chat chat, string credential, string connectionToken) =>
        (_chat, _credential, _path) = (chat, credential, "/realtime?id=" + Uri.EscapeDataString(connectionToken));

    /// <summary>Opens a connection with an access token or a ticket in the header, and shakes hands in SignalR's JSON.</summary>
    public static async Task<RawPolls> OpenAsync(Chat chat, string credential)
    {
        var negotiated = (await chat.SendAsync(HttpMethod.Post, "/realtime/negotiate?negotiateVersion=1", null, "Bearer " + credential)).Expect(HttpStatusCode.OK);
        var polls = new RawPolls(chat, credential, negotiated.Body.Text("connectionToken")!);
        (await polls.PollAsync()).Expect(HttpStatusCode.OK);
        (await polls.SendAsync("""{"protocol":"json","version":1}""")).Expect(HttpStatusCode.OK);
        Assert.StartsWith("{}", (await polls.PollAsync()).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        return polls;
    }

    /// <summary>Sends one SignalR record.</summary>
    public Task<Reply> SendAsync(string record) =>
        _chat.SendAsync(HttpMethod.Post, _path, new StringContent(record + '\u001e', Encoding.UTF8, "text/plain"), "Bearer " + _credential);

    /// <summary>Asks once for what waits.</summary>
    public Task<Reply> PollAsync() => _chat.SendAsync(HttpMethod.Get, _path, null, "Bearer " + _credential);

    /// <summary>Asks until something was told by this event.</summary>
    /// <returns>What was told.</returns>
    public async Task<JsonElement> HearAsync(string name)
    {
        while (true)
        {
            var reply = (await PollAsync()).Expect(HttpStatusCode.OK);
            foreach (var record in reply.Text.Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(Json.Parse))
                if (record.Has("target") && record.Text("target") == name)
                    return record.At("arguments")[0];
        }
    }
}
