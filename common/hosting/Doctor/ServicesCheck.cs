using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at the other services that a process which runs apart needs.</summary>
/// <param name="needed">Their names.</param>
/// <param name="http">Calls them.</param>
/// <param name="options">Where they are.</param>
/// <param name="time">Our clock.</param>
internal sealed class ServicesCheck(IReadOnlyList<string> needed, IHttpClientFactory http, IOptions<ChatGeniusSettings> options, TimeProvider time) : ICheck
{
    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = http.CreateClient("doctor");
        client.Timeout = TimeSpan.FromSeconds(10);
        foreach (var service in needed)
        foreach (var address in options.Value.Services.Of(service))
        {
            var asked = time.GetUtcNow();
            var (finding, clock) = await AskAsync(client, service, address, cancellation);
            yield return finding;
            if (clock is { } theirs)
                yield return Finding.Clock($"the clock of {address.Authority}", theirs, asked, time.GetUtcNow());
        }
    }

    static async Task<(Finding, DateTimeOffset? Clock)> AskAsync(HttpClient client, string service, Uri address, CancellationToken cancellation)
    {
        var what = "service " + service;
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "/health/ready"), cancellation);
            var said = (await answer.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ").Trim();
            return (answer.IsSuccessStatusCode ? Finding.Ok(what, $"{address.Authority} is ready")
                : Finding.Warn(what, $"{address.Authority} answers {(int)answer.StatusCode}: {said}", "It says what it waits for; run doctor there."), answer.Headers.Date);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return (Finding.Fail(what, $"{address.Authority} does not answer: {failure.GetBaseException().Message}", $"Check ChatGenius__Services__{char.ToUpperInvariant(service[0])}{service[1..]}, and that the service runs."), null);
        }
    }
}
