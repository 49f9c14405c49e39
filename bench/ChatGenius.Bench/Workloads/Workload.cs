using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Workloads;

/// <summary>How long and how often to measure.</summary>
/// <param name="Runs">Runs of each case and system, interleaved.</param>
/// <param name="WarmUp">Before each measured part; compilers that compile while they run need it.</param>
/// <param name="Lasts">The measured part.</param>
/// <param name="Quick">True for fewer and smaller cases.</param>
/// <param name="Only">Names of systems to measure; empty for all.</param>
internal sealed record Effort(int Runs, TimeSpan WarmUp, TimeSpan Lasts, bool Quick, IReadOnlyList<string> Only)
{
    /// <summary>Starts the systems that were asked for.</summary>
    public async Task<IReadOnlyList<ChatSystem>> StartAsync(params IReadOnlyList<ChatSystem> systems)
    {
        var started = systems.Where(system => Only.Count == 0 || Only.Any(name => system.Name.Replace(" ", "-", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        foreach (var system in started)
        {
            Console.Error.WriteLine($"   starting {system.Name}");
            await system.StartAsync();
        }
        return started;
    }
}

/// <summary>Something that is measured.</summary>
internal abstract class Workload
{
    /// <summary><c>W1</c> and so on, as the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public abstract string Title { get; }

    /// <summary>Measures.</summary>
    public abstract Task RunAsync(Effort effort, Report report);
}
