using ChatGenius.Feeds;
using ChatGenius.SimulationTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.SimulationTests;

/// <summary>The simulation would notice: each deliberate bug breaks something within a bounded number of schedules.</summary>
public sealed class TeethTests(ITestOutputHelper output)
{
    /// <summary>Schedules within which a bug has to show.</summary>
    const int Bound = 3_000;

    public static TheoryData<string> Bugs => [.. Enum.GetValues<Bug>().Where(b => b != Bug.None && !DirectedTeethTests.Shown.Contains(b)).Select(b => b.ToString())];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Simulation_WithABug_NoticesIt(string name)
    {
        var bug = Enum.Parse<Bug>(name);
        for (var seed = 1; seed <= Bound; seed++)
            if (Run.Of(Schedule.Of(seed), bug) is { Held: false } caught)
            {
                Assert.Empty(Run.Of(caught.Schedule).Violations);
                output.WriteLine($"{name}: noticed by seed {seed} ({caught.Schedule.Profile}): {caught.Violations[0]}");
                return;
            }
        Assert.Fail($"{name} went unnoticed in {Bound} schedules.");
    }
}
