using ChatGenius.TelemetryTests.Watching;

namespace ChatGenius.TelemetryTests;

[Collection(WatchedDeployment.Name)]
public sealed class SecrecyTests(WatchedDeployment watched)
{
    [Fact]
    public void Exports_AreOfAllKinds()
    {
        foreach (var kind in (string[])["traces", "metrics", "logs"])
            Assert.True(watched.Receiver.Exports(kind) > 0, $"No {kind} were exported.");
        // The search finds what is there.
        Assert.NotEmpty(watched.Receiver.WhereStands("chatgenius.connections"));
    }

    [Fact]
    public void NoText_IsInAnythingExportedOrLogged() => AssertNowhere(watched.Said.Text);

    [Fact]
    public void NoSecret_IsInAnythingExportedOrLogged()
    {
        Assert.True(watched.Said.Secrets.Count > 10);
        foreach (var secret in watched.Said.Secrets)
            AssertNowhere(secret);
    }

    void AssertNowhere(string said)
    {
        Assert.True(watched.Receiver.WhereStands(said) is [], $"It stands in {string.Join(", ", watched.Receiver.WhereStands(said))}.");
        foreach (var process in watched.Deployment.Processes)
            Assert.False(process.Log().Contains(said, StringComparison.Ordinal), $"It stands in the log of {process.Name}.");
    }
}
