namespace ChatGenius.Specs.BadInput;

/// <summary>Real things that a call's path and body may name, and someone who may touch them. Each call has its own: so many mistakes of one person would be held back.</summary>
public sealed record Place(Person Caller, string Channel, string Message, string User)
{
    public static async Task<Place> MakeAsync(DeploymentFixture fixture)
    {
        var (caller, cid) = (await fixture.Chat.RegisterAsync("caller"), await fixture.PersonAsync("cid"));
        var channel = await caller.CreateChannelAsync("public", cid);
        var message = await caller.PostAsync(channel, "something to point at");
        return new Place(caller, channel.Id.ToString(), message.Text("id")!, cid.Id.ToString());
    }

    /// <summary>Puts the real things in.</summary>
    public string Fill(string template) => template
        .Replace("{channel}", Channel, StringComparison.Ordinal)
        .Replace("{message}", Message, StringComparison.Ordinal)
        .Replace("{user}", User, StringComparison.Ordinal)
        .Replace("{unique}", Chat.Unique("u"), StringComparison.Ordinal)
        .Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);

    public Task<Reply> SendAsync(Call call, string? body) => body is null
        ? Caller.SendAsync(call.HttpMethod, Fill(call.Path))
        : Caller.Chat.SendRawAsync(call.HttpMethod, Fill(call.Path), Fill(body), Caller.AccessToken);
}
