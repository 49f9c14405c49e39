using ChatGenius.TestSupport.Deployments;
using Xunit;

namespace ChatGenius.FaultTests;

/// <summary>The last delta is lost and nothing follows it: only the comparison of heads can find it.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class LastDeltaTests(ProxiedDeployment fixture)
{
    [Theory]
    [InlineData(Hops.Broker)]
    [InlineData(Hops.Cache)]
    public async Task LastDelta_WhileItsCarrierIsAway_ArrivesAllTheSame(string carrier)
    {
        await using var talk = await Conversation.StartAsync(fixture.Address, 4);
        foreach (var link in fixture.Deployment.Hops.To(carrier))
            link.Refuse();
        try
        {
            await talk.PostAsync(each: 1);
            // The carrier does not come back before that.
            await talk.ConvergedAsync(4, Conversation.HealTime);
        }
        finally
        {
            fixture.Deployment.Hops.Heal();
        }
    }
}
