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
        var told = await Eventually.Get(
            () => Task.FromResult(watched.Receiver.Spans.Where(s => s.Trace == watched.Said.Trace).ToArray()), spans => s_way.All(step => spans.Any(s => Is(s, step))), what: "every step is told");
        await File.WriteAllLinesAsync(Path.Combine(Repository.Logs, "trace.txt"), told.Select(s => $"{s.Id} < {s.Parent} {s.Service}: {s.Name}"));

        var sockets = told.Where(s => Is(s, s_way[^1])).ToArray();
        Assert.Equal(3, sockets.Length);
        foreach (var socket in sockets)
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
