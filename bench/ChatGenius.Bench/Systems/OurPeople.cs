using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatGenius.Bench.Systems;

/// <summary>Somebody signed in.</summary>
internal sealed record OurUser(Guid Id, string Token);

/// <summary>Makes users and channels through the public API.</summary>
internal sealed class OurPeople(HttpClient http)
{
    const string Password = "correct horse";

    /// <summary>Registers somebody and signs them in.</summary>
    public async Task<OurUser> RegisterAsync()
    {
        var username = "u" + Guid.CreateVersion7().ToString("N");
        using var registered = await http.PostAsJsonAsync("api/v1/users", new { username, password = Password });
        var id = (await ReadAsync(registered)).GetProperty("id").GetGuid();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = "chatgenius", ["grant_type"] = "password", ["username"] = username, ["password"] = Password });
        using var signedIn = await http.PostAsync("connect/token", form);
        return new OurUser(id, (await ReadAsync(signedIn)).GetProperty("access_token").GetString()!);
    }

    /// <summary>Makes a private channel.</summary>
    public async Task<Guid> CreateAsync(OurUser owner, IReadOnlyList<Guid> members)
    {
        using var created = await SendAsync(owner, HttpMethod.Post, "api/v1/channels", new { name = "c" + Guid.CreateVersion7().ToString("N"), kind = "private", memberIds = members.Take(100) });
        var id = (await ReadAsync(created)).GetProperty("channel").GetProperty("id").GetGuid();
        foreach (var member in members.Skip(100))
        {
            using var joined = await SendAsync(owner, HttpMethod.Put, $"api/v1/channels/{id}/members/{member}", new { });
            joined.EnsureSuccessStatusCode();
        }
        return id;
    }

    // Users reach the channels service by a feed: a channel can be made once it knows its members.
    async Task<HttpResponseMessage> SendAsync(OurUser user, HttpMethod method, string path, object body)
    {
        for (var left = 200; ; left--)
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
            var answer = await http.SendAsync(request);
            if (answer.IsSuccessStatusCode || left == 0)
                return answer;
            answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new HttpRequestException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
}
