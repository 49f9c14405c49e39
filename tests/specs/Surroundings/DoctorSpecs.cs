using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Surroundings;

/// <summary>Each service's own doctor beside the running deployment.</summary>
[Collection(DistributedCollection.Name)]
public sealed class DoctorSpecs(DistributedFixture fixture)
{
    [Theory]
    [InlineData(Service.Gateway, "service realtime")]
    [InlineData(Service.Identity, "database identity", "signing keys", "broker", "clock")]
    [InlineData(Service.Channels, "database channels", "queue channels-follows-identity", "service identity")]
    [InlineData(Service.Messages, "database messages", "queue messages-follows-channels", "service channels")]
    [InlineData(Service.Realtime, "cache", "queue realtime-feeds", "service messages")]
    public async Task Doctor_OfARunningService_FindsEverythingFine(string service, params string[] parts)
    {
        var (code, said) = await ((DistributedDeployment)fixture.Deployment).Of(service).SayAsync("doctor");

        Assert.True(code == 0, said);
        foreach (var part in parts)
            Assert.Contains($"OK    {part}", said, StringComparison.Ordinal);
        Assert.Contains("OK    public address", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfARunningService_ChangesWhatItOwns()
    {
        var services = (DistributedDeployment)fixture.Deployment;
        var ann = await fixture.PersonAsync("doctor-ann");
        var channel = await ann.CreateChannelAsync("private");

        var (code, said) = await services.Of(Service.Channels).SayAsync("channel", "archive", channel.Id.ToString());

        Assert.True(code == 0, said);
        Assert.True((await fixture.Chat.GetAsync($"/api/v1/channels/{channel.Id}", ann.AccessToken)).Body.At("archived").GetBoolean());
        Assert.Contains(ann.Id.ToString(), (await services.Of(Service.Identity).SayAsync("user", "list")).Said, StringComparison.Ordinal);
    }
}
