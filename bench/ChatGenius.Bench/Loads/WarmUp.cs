using System.Diagnostics;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Loads;

/// <summary>What comes before a measured part.</summary>
internal static class WarmUp
{
    /// <summary>What compilers that compile while they run, theirs and ours, need to see before they are done.</summary>
    const int Operations = 6000;

    /// <summary>What they need after a process started, on two cores that are busy: with a third of it ChatGenius's first case was charged one and a half times what it was in the next run.</summary>
    static readonly TimeSpan s_first = TimeSpan.FromSeconds(30);

    /// <summary>A load of which nothing is reported, for a system that has just started: what its first case would bear besides its own.</summary>
    /// <param name="system">The system.</param>
    /// <param name="size">The scene, in whose first channel all read.</param>
    /// <param name="readers">How many read.</param>
    /// <param name="begin">Begins the load.</param>
    public static async Task RehearseAsync(ChatSystem system, SceneSize size, int readers, Func<Scene, Load> begin)
    {
        await using var scene = await system.OpenAsync(size);
        await scene.ReadAsync(readers, _ => [0]);
        var load = begin(scene);
        await Task.Delay(s_first);
        await load.ThrowIfFailedAsync();
        await load.StopAsync();
        await scene.CheckAsync();
    }

    /// <summary>Waits for a time. On a busy machine the time alone does not tell: it is prolonged, up to four times, until there was enough to do.</summary>
    /// <param name="done">How many operations were done so far.</param>
    public static async Task PassAsync(TimeSpan time, Func<long> done)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), done());
        do
            await Task.Delay(time / 4);
        while (Stopwatch.GetElapsedTime(began) is var passed && (passed < time || (done() - before < Operations && passed < 4 * time)));
    }
}
