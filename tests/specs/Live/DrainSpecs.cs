using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Live;

/// <summary>A process that is told to stop says so to its connections.</summary>
public sealed class DrainSpecs
{
    [Fact]
    public async Task Stop_TellsConnectionsToComeBack()
    {
        await using var host = new HostDeployment(new DeploymentOptions { LogName = "drain" });
        await host.StartAsync();
        using var chat = new Chat(host.BaseAddress);
        var ann = await chat.RegisterAsync("ann");
        await using var live = await ann.ConnectAsync();

        var stopping = host.Of(Service.Host).TerminateAsync();

        var closing = await live.HearAsync("Closing");
        Assert.Equal(4004, closing.GetProperty("code").GetInt32());
        Assert.True(closing.GetProperty("reconnect").GetBoolean());
        Assert.InRange(closing.GetProperty("retryAfterMs").GetInt32(), 1, 60_000);
        Assert.Equal(0, await stopping);
    }
}
