using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace ChatGenius.ChannelsTests;

/// <summary>A signed-in user who calls the public API.</summary>
internal sealed record Person(Guid Id, string Token, HttpClient Http)
{
    public async Task<Answer> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: ContractsJson.Options);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public Task<Answer> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    public Task<Answer> CreateAsync(object body) => CallAsync(HttpMethod.Post, "channels", body);

    /// <summary>A channel with a name of its own, and these people in it.</summary>
    public async Task<Channel> NewChannelAsync(string kind = ChannelKind.Public, params Person[] people) =>
        (await CreateAsync(new { kind, name = NewName(), memberIds = people.Select(p => p.Id) })).Is(HttpStatusCode.Created).As<CreatedChannel>().Channel;

    public Task<Answer> ChangeAsync(Guid channel, object body) => CallAsync(HttpMethod.Patch, $"channels/{channel}", body);

    public Task<Answer> PutAsync(Guid channel, Person person, string? role = null) => CallAsync(HttpMethod.Put, $"channels/{channel}/members/{person.Id}", new { role });

    public Task<Answer> DeleteAsync(Guid channel, Person person) => CallAsync(HttpMethod.Delete, $"channels/{channel}/members/{person.Id}");

    public Task<Answer> KeepAsync(Guid channel, object body) => CallAsync(HttpMethod.Patch, $"users/me/channels/{channel}", body);

    public async Task<Channel> SeeAsync(Guid channel) => (await GetAsync($"channels/{channel}")).Is(HttpStatusCode.OK).As<Channel>();

    public static string NewName() => "c " + Guid.CreateVersion7().ToString("N");
}

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public T As<T>() => Body.Deserialize<T>(ContractsJson.Options)!;

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Body}");
        return this;
    }

    public void Is(HttpStatusCode status, string code) => Assert.Equal((status, code), (Is(status).Status, Code));
}
