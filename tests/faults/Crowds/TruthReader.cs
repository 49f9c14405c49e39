using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Feeds;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Reads what the owners hold, by HTTP and in no way that a client of the run uses.</summary>
internal sealed class TruthReader(HttpClient http)
{
    /// <summary>The whole of a feed, as this account may read it. Only at rest: it takes several calls.</summary>
    public Task<FeedTruth> ReadAsync(Account account, FeedName feed) => feed.Kind == FeedKind.Messages ? PagesAsync(account, feed) : SlicesAsync(account, feed);

    /// <summary>Where the owners stand.</summary>
    public async Task<IReadOnlyList<Head>> HeadsAsync(Account account, IEnumerable<FeedName> feeds)
    {
        var answer = await SyncAsync(account, [.. feeds.Select(feed => new SyncPosition { Feed = feed.ToString(), Mode = SyncMode.Heads })]);
        return answer.Failed.Count + answer.Denied.Count == 0 ? answer.Heads : throw new HttpRequestException($"Not all heads can be read: {string.Join(", ", answer.Failed.Select(failed => failed.Code))}.");
    }

    async Task<FeedTruth> PagesAsync(Account account, FeedName feed)
    {
        var items = new List<JsonElement>();
        Position? stands = null;
        for (var before = ""; ;)
        {
            using var answer = await SendAsync(account, HttpMethod.Get, $"api/v1/channels/{feed.Id}/messages?limit=200{before}", null);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var position = page.GetProperty("feed").Deserialize<Position>(ContractsJson.Options)!;
            if (stands is not null && position != stands)
                throw new InvalidOperationException($"{feed} moved from {stands.Revision} to {position.Revision} while it was read: the run is not at rest.");
            stands = position;
            List<JsonElement> part = [.. page.GetProperty("items").EnumerateArray()];
            items.AddRange(part);
            if (part.Count == 0 || part[0].GetProperty("seq").GetInt64() == 1)
                return FeedTruth.Of(feed.ToString(), stands.Epoch, stands.Revision, items);
            before = $"&before={part[0].GetProperty("seq").GetInt64()}";
        }
    }

    async Task<FeedTruth> SlicesAsync(Account account, FeedName feed)
    {
        var items = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var asks = new SyncPosition { Feed = feed.ToString() }; ;)
        {
            var answer = await SyncAsync(account, [asks]);
            if (answer.Heads is not [var head])
                throw new HttpRequestException($"{feed} cannot be read now.");
            foreach (var item in answer.Deltas.SelectMany(delta => delta.Items))
                items[FeedItems.Key(feed.Kind, item)] = item;
            if (answer.Deltas is not [{ More: true } slice])
                return FeedTruth.Of(feed.ToString(), head.Epoch, head.Revision, items.Values);
            asks = asks with { Epoch = slice.Epoch, Revision = slice.To };
        }
    }

    async Task<SyncAnswer> SyncAsync(Account account, IReadOnlyList<SyncPosition> positions)
    {
        using var answer = await SendAsync(account, HttpMethod.Post, "api/v1/sync", JsonContent.Create(new SyncRequest { Positions = positions }, options: ContractsJson.Options));
        return (await answer.Content.ReadFromJsonAsync<SyncAnswer>(ContractsJson.Options))!;
    }

    async Task<HttpResponseMessage> SendAsync(Account account, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await account.TokenAsync());
        var answer = await http.SendAsync(request);
        return answer.EnsureSuccessStatusCode();
    }
}
