namespace ChatGenius.Specs.Talking;

/// <summary>A user with a session. What a spec does often has a method; everything else goes by <see cref="SendAsync"/>.</summary>
public sealed record Person(Chat Chat, Guid Id, string Username, string Password, string AccessToken, string RefreshToken)
{
    public Task<Reply> GetAsync(string path) => Chat.GetAsync(path, AccessToken);

    public Task<Reply> SendAsync(HttpMethod method, string path, object? body = null) => Chat.SendAsync(method, path, body, AccessToken);

    /// <summary>A further session of the same user.</summary>
    public Task<Person> SignInAgainAsync() => Chat.SignInAsync(Id, Username, Password);

    /// <summary>Makes a channel and puts others in it.</summary>
    public async Task<Channel> CreateChannelAsync(string kind = "public", params Person[] members)
    {
        var reply = await SendAsync(HttpMethod.Post, "/api/v1/channels", new { name = Chat.Unique("c"), kind, memberIds = members.Select(member => member.Id) });
        return new Channel(Guid.Parse(reply.Expect(HttpStatusCode.Created).Body.Text("channel.id")!));
    }

    public Task<Reply> JoinAsync(Channel channel) => PutMemberAsync(channel, this);

    public Task<Reply> PutMemberAsync(Channel channel, Person member, string? role = null) =>
        SendAsync(HttpMethod.Put, $"{channel.Path}/members/{member.Id}", role is null ? new { } : new { role });

    public Task<Reply> RemoveAsync(Channel channel, Person member) => SendAsync(HttpMethod.Delete, $"{channel.Path}/members/{member.Id}");

    /// <summary>Posts and expects it to be stored.</summary>
    public async Task<JsonElement> PostAsync(Channel channel, string text, Guid? threadId = null, IEnumerable<Guid>? mentions = null, object? members = null) =>
        (await TryPostAsync(channel, Guid.CreateVersion7(), text, threadId, mentions, members)).Expect(HttpStatusCode.Created).Body;

    public Task<Reply> TryPostAsync(
        Channel channel, Guid clientId, string text, Guid? threadId = null, IEnumerable<Guid>? mentions = null, object? members = null)
    {
        var body = new Dictionary<string, object> { ["clientId"] = clientId, ["text"] = text };
        if (threadId is not null)
            body["threadId"] = threadId;
        if (mentions is not null)
            body["mentions"] = mentions;
        if (members is not null)
            body["members"] = members;
        return SendAsync(HttpMethod.Post, $"{channel.Path}/messages", body);
    }

    /// <summary>A page of history; the query begins with a question mark or is empty.</summary>
    public async Task<JsonElement> PageAsync(Channel channel, string query = "") =>
        (await GetAsync($"{channel.Path}/messages{query}")).Expect(HttpStatusCode.OK).Body;

    /// <summary>Syncs by HTTP.</summary>
    public async Task<JsonElement> SyncAsync(params object[] positions) =>
        (await SendAsync(HttpMethod.Post, "/api/v1/sync", new { positions })).Expect(HttpStatusCode.OK).Body;

    /// <summary>Opens a live connection.</summary>
    public Task<LiveConnection> ConnectAsync() => LiveConnection.OpenAsync(this);

    /// <summary>Buys a ticket for the hub.</summary>
    public async Task<string> TicketAsync() => (await SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Expect(HttpStatusCode.OK).Body.Text("ticket")!;
}
