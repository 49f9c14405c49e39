using System.Text.RegularExpressions;
using ChatGenius.Hosting;

namespace ChatGenius.Host.Seeding;

/// <summary>
/// Fills an empty host with a workspace to look at: people, channels, threads, reactions, pins and mentions over a week. It is said through the product's own HTTP API, to a host of its own with a
/// clock that is set back; that one ends before the real one starts. A second time it does nothing.
/// </summary>
internal sealed partial class DemoWorkspace(Uri address, MovedClock clock, DemoScript script)
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--seed";

    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    readonly Dictionary<string, DemoApi> _people = [];
    readonly Dictionary<string, Guid> _channels = [];

    /// <summary>Seeds the data folder that these arguments lead to, and says which accounts there are.</summary>
    /// <returns>False when the host holds something else, which stays as it is.</returns>
    public static async Task<bool> SeedAsync(string[] args, CancellationToken cancel = default)
    {
        var clock = new MovedClock();
        var script = DemoScript.Read(TimeProvider.System.GetUtcNow());
        await using var app = HostApplication.BuildForSeeding(args, clock, out var holdsData);
        if (!holdsData)
            clock.SetBack(script.Messages[0].At.AddMinutes(-30));
        await app.StartAsync(cancel);
        try
        {
            await ReadyAsync(app.Services.GetServices<IReadiness>(), cancel);
            var demo = new DemoWorkspace(new Uri(app.Urls.First()), clock, script);
            if (!await demo.IsThereAsync(cancel))
            {
                if (holdsData)
                    return false;
                await demo.FillAsync(cancel);
            }
            await Console.Out.WriteLineAsync(Accounts(script));
            return true;
        }
        finally
        {
            await app.StopAsync(cancel);
        }
    }

    static async Task ReadyAsync(IEnumerable<IReadiness> parts, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(s_patience);
        while (parts.Any(p => !p.IsReady))
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, bound.Token);
    }

    static string Accounts(DemoScript script) =>
        $"""

        The demo workspace is here. Sign in as any of these, with the password "{DemoApi.Password}":

        {string.Join(Environment.NewLine, script.People.Select(p => $"  {p.Username,-8} {p.DisplayName}"))}
        """;

    async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        using var first = Api(script.People[0].Username);
        return await first.TrySignInAsync(cancel);
    }

    async Task FillAsync(CancellationToken cancel)
    {
        foreach (var person in script.People)
            await (_people[person.Username] = Api(person.Username)).RegisterAsync(person, cancel);
        foreach (var channel in script.Channels)
            _channels[channel.Key] = await _people[channel.Members[0]].CreateAsync(channel, [.. channel.Members.Skip(1).Select(IdOf)], cancel);
        foreach (var message in script.Messages)
            await SayAsync(message, cancel);
        var first = _people[script.People[0].Username];
        await first.SetAsync(_channels["#launch"], new { starred = true }, cancel);
        await first.SetAsync(_channels["#builds"], new { muted = true }, cancel);
        foreach (var person in _people.Values)
            person.Dispose();
    }

    async Task SayAsync(DemoMessage message, CancellationToken cancel)
    {
        clock.MoveTo(message.At);
        var channel = _channels[message.Channel];
        var id = await _people[message.Author].PostAsync(channel, message.Text, null, Mentioned(message.Text), clock, cancel);
        foreach (var (author, text) in message.Replies)
        {
            clock.MoveTo(clock.GetUtcNow().AddSeconds(70));
            await _people[author].PostAsync(channel, text, id, Mentioned(text), clock, cancel);
        }
        foreach (var (emoji, authors) in message.Reactions)
            foreach (var author in authors)
                await _people[author].ReactAsync(channel, id, emoji, cancel);
        if (message.Pinned)
            await _people[message.Author].PinAsync(channel, id, cancel);
    }

    Guid[] Mentioned(string text) => [.. Mention().Matches(text).Select(m => m.Groups[1].Value).Where(_people.ContainsKey).Distinct().Select(IdOf)];

    Guid IdOf(string username) => _people[username].Id;

    DemoApi Api(string username) => new(new HttpClient { BaseAddress = address }, username);

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Mention();
}
