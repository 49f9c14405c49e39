using System.Text;
using ChatGenius.Feeds;

namespace ChatGenius.SimulationTests.Running;

/// <summary>Finds a shorter schedule that fails, and tells it.</summary>
internal static class Shrinking
{
    const int MaxRuns = 400;
    const int MaxLines = 400;

    /// <summary>Takes steps out as long as it still fails. Delta debugging: halves first, then ever smaller parts (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).</summary>
    public static Outcome Shrink(Outcome failed, Bug bug)
    {
        var (best, runs) = (failed, 0);
        for (var part = Math.Max(1, best.Schedule.Steps.Count / 2); part >= 1 && runs < MaxRuns; part = part == 1 ? 0 : part / 2)
            for (var from = 0; from < best.Schedule.Steps.Count && runs < MaxRuns;)
            {
                var shorter = best.Schedule with { Steps = [.. best.Schedule.Steps.Take(from), .. best.Schedule.Steps.Skip(from + part)] };
                runs++;
                if (Run.Of(shorter, bug) is { Held: false } still)
                    best = still;
                else
                    from += part;
            }
        return Run.Of(best.Schedule, bug, traced: true);
    }

    /// <summary>What a developer needs to see it again.</summary>
    public static string Tell(Outcome outcome)
    {
        var text = new StringBuilder();
        text.AppendLine($"Seed {outcome.Schedule.Seed} ({outcome.Schedule.Profile}) breaks what must hold. Run it again: CHATGENIUS_SIMULATION_SEED={outcome.Schedule.Seed} ./test Simulation");
        foreach (var violation in outcome.Violations.Take(10))
            text.AppendLine("  " + violation);
        text.AppendLine($"Shrunk to {outcome.Schedule.Steps.Count} steps, with {outcome.Schedule.Options.Clients} clients, {outcome.Schedule.Options.MessagesInstances} messages and {outcome.Schedule.Options.RealtimeInstances} realtime instances:");
        foreach (var line in outcome.Trace.Take(MaxLines))
            text.AppendLine("  " + line);
        return text.ToString();
    }
}
