using System.Net.Http.Json;

namespace ChatGenius.Hosting.Feeds;

/// <summary>An owner in another process.</summary>
internal sealed class HttpFeedOwner(HttpClient http, string service) : IFeedOwner
{
    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        using var response = await http.PostAsJsonAsync($"/internal/{service}/feeds/pull", request, ContractsJson.Options, cancellation);
        return await ReadAsync<PullAnswer>(response, cancellation);
    }

    public async Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation)
    {
        using var response = await http.GetAsync($"/internal/{service}/feeds/{kind}/sums", cancellation);
        return await ReadAsync<ShardSums>(response, cancellation);
    }

    public async Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation)
    {
        using var response = await http.GetAsync($"/internal/{service}/feeds/{kind}/shards/{shard}", cancellation);
        return await ReadAsync<IReadOnlyList<Head>>(response, cancellation);
    }

    static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(ContractsJson.Options, cancellation)
            ?? throw new HttpRequestException("The owner answered with nothing.");
    }
}
