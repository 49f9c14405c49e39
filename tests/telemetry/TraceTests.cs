using ChatGenius.TelemetryTests.Otlp;
using ChatGenius.TelemetryTests.Watching;

namespace ChatGenius.TelemetryTests;

[Collection(WatchedDeployment.Name)]
public sealed class TraceTests(WatchedDeployment watched)
{
    /// <summary>The way of a message, in order: who does what. Between them are the calls and messages by which they hang together.</summary>
    static readonly (string Service, string Name)[] s_way =
    [
        ("gateway", "POST /api/v1/channels/"), ("messages", "POST /api/v1/channels/"), ("messages", "messages commit"), ("messages", "feeds publish"),
        ("realtime", "delta deliver"), ("realtime", "delta hand to connection"),
    ];

    [Fact]
    public async Task OneTrace_FollowsAMessageFromThePostToTheSockets()
    {
        // A tick that comes between finds a message before the backplane tells of it, and knows no trace: of several messages one came the usual way to all three connections.
        var (trace, told) = await Eventually.Get(
            () =>
            {
                var spans = watched.Receiver.Spans.ToLookup(s => s.Trace);
                return Task.FromResult(watched.Said.Traces.Select(t => (Trace: t, Told: spans[t].ToArray())).MaxBy(t => t.Told.Count(s => Is(s, s_way[^1]))));
            },
            most => s_way.All(step => most.Told.Any(s => Is(s, step))) && most.Told.Count(s => Is(s, s_way[^1])) == 3, what: "three connections tell that they were handed one message", pause: TimeSpan.FromSeconds(1));
        await File.WriteAllLinesAsync(Path.Combine(Repository.Logs, "trace.txt"), told.Select(s => $"{trace} {s.Id} < {s.Parent} {s.Service}: {s.Name}"));

        foreach (var socket in told.Where(s => Is(s, s_way[^1])))
        {
            var way = new Queue<(string Service, string Name)>(s_way.Reverse());
            for (var span = socket; span is not null; span = told.FirstOrDefault(s => s.Id == span.Parent))
                if (way.TryPeek(out var step) && Is(span, step))
                    way.Dequeue();
            Assert.Empty(way);
        }
    }

    [Fact]
    public void OneCommit_OfSeveralRequests_IsLinkedWithEach()
    {
        var told = watched.Receiver.Spans.ToArray();
        var commits = told.Where(s => s.Name == "messages commit" && s.LinkedTraces.Count > 0).ToArray();

        Assert.NotEmpty(commits);
        foreach (var commit in commits)
            foreach (var linked in commit.LinkedTraces)
                Assert.Contains(told, s => s.Trace == linked && s.Service == "chatgenius-messages" && s.LinkedTraces.Contains(commit.Trace));
    }

    static bool Is(Span span, (string Service, string Name) step) => span.Service == "chatgenius-" + step.Service && span.Name.StartsWith(step.Name, StringComparison.Ordinal);
}
