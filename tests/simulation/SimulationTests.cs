using System.Diagnostics;
using System.Globalization;
using ChatGenius.SimulationTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.SimulationTests;

public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>Schedules in each run of all tests.</summary>
    const int Schedules = 20_000;

    /// <summary>
    /// Every invariant holds in every schedule. <c>CHATGENIUS_SIMULATION_SCHEDULES</c> runs another number, <c>CHATGENIUS_SIMULATION_SEED</c> one schedule alone, or the first of them.
    /// </summary>
    [Fact]
    public void Schedules_Any_HoldWhatMustHold()
    {
        var seed = Setting("CHATGENIUS_SIMULATION_SEED");
        var (first, count) = (seed ?? 1, Setting("CHATGENIUS_SIMULATION_SCHEDULES") ?? (seed is null ? Schedules : 1));
        var (failed, steps, observed, began, gate) = ((Outcome?)null, 0L, 0L, Stopwatch.GetTimestamp(), new Lock());
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (i, loop) =>
        {
            var outcome = Run.Of(Schedule.Of(first + i));
            lock (gate)
            {
                steps += outcome.Steps;
                observed += outcome.Observed;
                if (outcome.Held || (failed is not null && failed.Schedule.Seed < outcome.Schedule.Seed))
                    return;
                failed = outcome;
                loop.Break();
            }
        });
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} schedules, {steps} steps, {observed} observations, {took.TotalSeconds:F0} s, {count / took.TotalSeconds:F0} a second, {Environment.CpuUsage.TotalTime.TotalMilliseconds / count:F1} ms of CPU each"));
        if (failed is not null)
            Assert.Fail(Shrinking.Tell(Shrinking.Shrink(failed, ChatGenius.Feeds.Bug.None)));
    }

    [Fact]
    public void Schedule_RunTwice_IsTheSameRun()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var (once, again) = (Run.Of(Schedule.Of(seed), traced: true), Run.Of(Schedule.Of(seed), traced: true));
            Assert.Equal((once.Steps, once.Observed), (again.Steps, again.Observed));
            Assert.Equal(once.Trace, again.Trace);
        }
    }

    static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
