using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;

namespace ChatGenius.FaultTests;

public sealed class RestoreTests
{
    [Fact]
    public async Task Messages_RestoredFromABackup_EveryoneHoldsWhatIsThereNow()
    {
        await using var host = new HostDeployment(new DeploymentOptions { LogName = "restored" });
        await host.StartAsync();
        await using var talk = await Conversation.StartAsync(host.BaseAddress, 2);
        var (process, database) = (host.Of(Service.Host), Path.Combine(host.DataPath, "messages.db"));
        await talk.PostAsync(each: 2);
        await talk.ConvergedAsync(4, Conversation.HealTime);
        // Taken at rest within this run, so that only how far the feeds had come tells it from what follows.
        File.Copy(database, database + ".backup");
        File.Copy(database + "-wal", database + ".backup-wal");
        await talk.PostAsync(each: 3);
        await talk.ConvergedAsync(10, Conversation.HealTime);
        await process.TerminateAsync();
        var mark = await File.ReadAllTextAsync(database + "-mark");

        foreach (var file in (string[])["", "-wal", "-shm"])
            File.Delete(database + file);
        File.Move(database + ".backup", database);
        File.Move(database + ".backup-wal", database + "-wal");
        await process.StartAsync();

        Assert.Contains("Its epoch is now", process.Log(), StringComparison.Ordinal);
        Assert.NotEqual(mark, await File.ReadAllTextAsync(database + "-mark"));
        await talk.PostAsync(each: 1);
        await Eventually.Succeeds(() => talk.ConvergedAsync(6, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(20));
        Assert.All(talk.Views, view => Assert.True(view.Position.Epoch > 1));
    }
}
