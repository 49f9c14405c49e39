using ChatGenius.FaultTests.Crowds;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>
/// Clients of every kind post, edit, react and read while one part after the other fails. After each fault everyone is at head in time; in the end the checker finds nothing.
/// <c>CHATGENIUS_FAULTS=long</c> makes it 200 clients and many rounds of faults by chance; see <c>tests/faults/long</c>.
/// </summary>
[Collection(ProxiedDeployment.Name)]
public sealed class CrowdTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task Crowd_WhilePartsFail_ConvergesAndNothingIsWrong()
    {
        var plan = FaultPlan.FromEnvironment();
        await using var crowd = await Crowd.GatherAsync(fixture.Address, plan.Size, plan.Seed);
        output.WriteLine($"{crowd.Clock.Now} ms: gathered");
        foreach (var fault in plan.Of(new FaultCatalog(fixture.Deployment, plan.Moment)))
        {
            await crowd.EndureAsync(fault, FaultPlan.Bound);
            output.WriteLine($"{crowd.Clock.Now} ms: endured: {fault.Name}");
        }
        // Where services are soon back, all faults may be over before the first token ends.
        await Eventually.True(() => crowd.Tokens.Renewed > 0, TimeSpan.FromSeconds(60), "a token was renewed in place");
        var violations = await crowd.CheckAsync(FaultPlan.Bound);
        output.WriteLine($"{crowd}; seed {plan.Seed}");
        Assert.True(violations.Count == 0, $"{violations.Count} violations (seed {plan.Seed}):{Environment.NewLine}{string.Join(Environment.NewLine, violations.Take(30))}");
    }
}
