using ChatGenius.Channels;
using ChatGenius.Host;
using ChatGenius.Hosting.Applications;
using ChatGenius.Identity;
using ChatGenius.Messages;
using ChatGenius.Realtime;

namespace ChatGenius.EdgeTests.Descriptions;

/// <summary>
/// The API as described against the snapshots in <c>docs/openapi</c>. When the API is meant to change, <c>CHATGENIUS_UPDATE_SNAPSHOTS=1 ./test OpenApi</c> writes them anew.
/// </summary>
public sealed class OpenApiTests
{
    public static TheoryData<string> Names => ["identity", "channels", "messages", "realtime", "merged"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Description_IsTheCommittedOne(string name)
    {
        await using var app = Build(name);
        var described = await app.DescribeAsync();
        var file = Path.Combine(Repository.Root, "docs", "openapi", name + ".json");
        if (Environment.GetEnvironmentVariable("CHATGENIUS_UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, described);
        Assert.Equal(await File.ReadAllTextAsync(file), described);
    }

    [Fact]
    public async Task Operations_SayWhatTheyDoAndHowTheyRefuse()
    {
        await using var app = Build("merged");
        using var document = JsonDocument.Parse(await app.DescribeAsync());
        Assert.StartsWith("3.1.", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{operation.Name} {path.Name} has no summary.");
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("4XX", out _), $"{operation.Name} {path.Name} does not refuse.");
                Assert.DoesNotContain("/internal/", path.Name, StringComparison.Ordinal);
            }
    }

    static WebApplication Build(string name)
    {
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0", $"--ChatGenius:PublicUrl={Edges.PublicUrl}", $"--ChatGenius:ServiceKey={new string('k', 32)}", $"--ChatGenius:DataPath={Repository.Scratch}",
        ];
        if (name == "merged")
            return HostApplication.Build(settings);
        Module[] modules = [IdentityModule.Module, ChannelsModule.Module, MessagesModule.Module, RealtimeModule.Module];
        // Nothing of these is reached, since nothing is started.
        string[] parts = ["--ConnectionStrings:Postgres=Host=nowhere", "--ConnectionStrings:RabbitMq=amqp://nowhere", "--ConnectionStrings:Redis=nowhere:6379"];
        return ServiceApplication.Build([.. settings, .. parts], name, [modules.Single(m => m.Name == name)]);
    }
}
