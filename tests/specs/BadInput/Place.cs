namespace ChatGenius.Specs.BadInput;

/// <summary>Real things that a call's path and body may name.</summary>
public sealed record Place(Person Ann, string Channel, string Message, string User)
{
    public static async Task<Place> MakeAsync(DeploymentFixture fixture)
    {
        var (ann, cid) = (await fixture.PersonAsync("ann"), await fixture.PersonAsync("cid"));
        var channel = await ann.CreateChannelAsync("public", cid);
        var message = await ann.PostAsync(channel, "something to point at");
        return new Place(ann, channel.Id.ToString(), message.Text("id")!, cid.Id.ToString());
    }

    /// <summary>Puts the real things in.</summary>
    public string Fill(string template) => template
        .Replace("{channel}", Channel, StringComparison.Ordinal)
        .Replace("{message}", Message, StringComparison.Ordinal)
        .Replace("{user}", User, StringComparison.Ordinal)
        .Replace("{unique}", Chat.Unique("u"), StringComparison.Ordinal)
        .Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);

    public Task<Reply> SendAsync(Call call, string? body) => body is null
        ? Ann.SendAsync(call.HttpMethod, Fill(call.Path))
        : Ann.Chat.SendRawAsync(call.HttpMethod, Fill(call.Path), Fill(body), Ann.AccessToken);
}
