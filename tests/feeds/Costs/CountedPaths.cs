using System.Text.Json;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;
using Xunit;

namespace ChatGenius.FeedsTests.Costs;

/// <summary>What <c>bench/ChatGenius.HotPaths</c> counts. It is a process of its own, since everything that a process allocates is counted, and tests run beside each other.</summary>
public sealed class CountedPaths : IAsyncLifetime
{
    static readonly TimeSpan s_bound = TimeSpan.FromMinutes(5);

    /// <summary>Bytes for each operation, by the path's name.</summary>
    public IReadOnlyDictionary<string, long> Bytes { get; private set; } = new Dictionary<string, long>();

    public async Task InitializeAsync()
    {
        using var work = new WorkFolder();
        var log = Path.Combine(Repository.Logs, "hot-paths.log");
        await using var program = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = "dotnet", Arguments = [Repository.Program("bench/ChatGenius.HotPaths", "ChatGenius.HotPaths"), work.File("bytes.json")], LogFile = log,
        });
        using var bound = new CancellationTokenSource(s_bound);
        Assert.True(await program.WaitAsync(bound.Token) == 0, LogTail.Of(log, lines: 400));
        Bytes = JsonSerializer.Deserialize<Dictionary<string, long>>(await File.ReadAllTextAsync(work.File("bytes.json")))!;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
