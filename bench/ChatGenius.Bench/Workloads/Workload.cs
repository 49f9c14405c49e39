using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Servers;

namespace ChatGenius.Bench.Workloads;

/// <summary>How long and how often to measure.</summary>
/// <param name="Runs">Runs of each case and system, interleaved.</param>
/// <param name="WarmUp">Before each measured part; compilers that compile while they run need it.</param>
/// <param name="Lasts">The measured part.</param>
/// <param name="Quick">True for fewer and smaller cases.</param>
/// <param name="Only">Names of systems to measure; empty for all.</param>
/// <param name="Variants">Other ways to have ChatGenius, which are measured beside it by workloads that compare (W1 and W2).</param>
internal sealed record Effort(int Runs, TimeSpan WarmUp, TimeSpan Lasts, bool Quick, IReadOnlyList<string> Only, IReadOnlyList<Variant> Variants)
{
    /// <summary>ChatGenius in one way to run, as it is and in its variants.</summary>
    /// <param name="make">Makes it.</param>
    public IEnumerable<Func<ChatSystem>> Ours(Func<Variant, ChatSystem> make) => Variants.Prepend(Variant.None).Select(variant => (Func<ChatSystem>)(() => make(variant)));

    /// <summary>True for a system that was asked for.</summary>
    public bool Asks(string system) => Only.Count == 0 || Only.Contains(Plain(system).Replace(' ', '-'), StringComparer.OrdinalIgnoreCase);

    // A variant is asked for with what it is a variant of.
    string Plain(string system) => Variants.Select(variant => " " + variant.Name).FirstOrDefault(name => system.EndsWith(name, StringComparison.Ordinal)) is { } name ? system[..^name.Length] : system;

    /// <summary>Starts the systems that were asked for.</summary>
    public async Task<IReadOnlyList<ChatSystem>> StartAsync(params IReadOnlyList<Func<ChatSystem>> systems)
    {
        var started = new List<ChatSystem>();
        foreach (var make in systems)
            if (await StartAsync(make) is { } system)
                started.Add(system);
        return started;
    }

    // Ports are found free and used a moment later; on a busy machine somebody else may have been faster.
    async Task<ChatSystem?> StartAsync(Func<ChatSystem> make)
    {
        for (var attempt = 1; ; attempt++)
        {
            var system = make();
            if (!Asks(system.Name))
                return null;
            Console.Error.WriteLine($"   starting {system.Name}");
            try
            {
                await system.StartAsync();
                return system;
            }
            catch (Exception failure) when (attempt < 3 && failure is ServersMissingException or DeploymentFailedException)
            {
                Console.Error.WriteLine($"   {failure.Message.Split('\n')[0]}; once more");
                await system.DisposeAsync();
            }
        }
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
