using System.Net;
using ChatGenius.Client;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Waiting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatGenius.FaultTests;

public sealed class StartAndStopTests
{
    [Theory]
    [InlineData("services/messages", "ChatGenius.Messages", "ConnectionStrings__Postgres", "ConnectionStrings__RabbitMq", "ChatGenius__ServiceKey", "ChatGenius__PublicUrl")]
    [InlineData("services/realtime", "ChatGenius.Realtime", "ConnectionStrings__Redis", "ConnectionStrings__RabbitMq", "ChatGenius__ServiceKey", "ChatGenius__PublicUrl")]
    public async Task Service_WithoutItsSettings_EndsAndNamesThem(string folder, string assembly, params string[] settings)
    {
        await using var process = new ServiceProcess("alone", Repository.Program(folder, assembly), FreePort.Next(), LogOf(assembly), new Dictionary<string, string?>());
        await process.LaunchAsync();
        await Eventually.True(() => !process.IsRunning, TimeSpan.FromSeconds(30), "the process ends");
        Assert.All(settings, setting => Assert.Contains(setting, process.Log(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_WhoseAddressIsTaken_EndsAndSaysWhatToDo_AndLittleElse()
    {
        using var data = new WorkFolder();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        await using var process = new ServiceProcess("taken", Repository.Program("host", "ChatGenius.Host"), port, LogOf("taken"), new Dictionary<string, string?> { ["ChatGenius__DataPath"] = data.Path });
        await process.LaunchAsync();
        await Eventually.True(() => !process.IsRunning, TimeSpan.FromSeconds(30), "the process ends");
        Assert.Contains("--urls", process.Log(), StringComparison.Ordinal);
        Assert.DoesNotContain("canceled", process.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithEverythingAway_StaysUpAndSaysWhatItWaitsFor()
    {
        var nowhere = FreePort.Next();
        await using var process = new ServiceProcess("waiting", Repository.Program("services/messages", "ChatGenius.Messages"), FreePort.Next(), LogOf("waiting"), new Dictionary<string, string?>
        {
            ["ConnectionStrings__Postgres"] = $"Host=127.0.0.1;Port={nowhere};Database=messages;Username=u;Password=p;Timeout=2",
            ["ConnectionStrings__RabbitMq"] = $"amqp://u:p@127.0.0.1:{nowhere}/",
            ["ChatGenius__PublicUrl"] = "http://127.0.0.1:1",
            ["ChatGenius__ServiceKey"] = new string('k', 64),
            ["ChatGenius__Services__Channels"] = $"http://127.0.0.1:{nowhere}",
            ["ChatGenius__Services__Identity"] = $"http://127.0.0.1:{nowhere}",
        });
        await process.LaunchAsync();
        using var http = new HttpClient { BaseAddress = process.BaseAddress };
        var (status, body) = await Eventually.Get(async () =>
        {
            using var answer = await http.GetAsync("/health/ready");
            return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync());
        }, answer => answer.Body.Contains("Failed to connect", StringComparison.Ordinal), TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.All((string[])["messages:", "ConnectionStrings__RabbitMq", "messages-follows-channels"], part => Assert.Contains(part, body, StringComparison.Ordinal));
        using var refused = await http.GetAsync("/api/v1/users/me/channels");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("\"code\":\"starting\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.True(process.IsRunning);
        Assert.Contains("ConnectionStrings__Postgres", process.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhileTheFileIsLocked_IsAnErrorAndNothingIsLost()
    {
        await using var host = new HostDeployment(new DeploymentOptions { LogName = "locked" });
        await host.StartAsync();
        await using var talk = await Conversation.StartAsync(host.BaseAddress, 2);
        var body = new Contracts.Messages.PostMessage { ClientId = Guid.CreateVersion7(), Text = "through a locked file" };
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(host.DataPath, "messages.db")};Pooling=false"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            var refused = await Assert.ThrowsAsync<ChatApiException>(() => talk.Clients[0].Api.PostAsync(talk.Channel, body));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_failed"), (refused.Status, refused.Code));
        }
        var stored = await talk.Clients[0].Api.PostAsync(talk.Channel, body);
        Assert.Equal(1, stored.Seq);
        await talk.ConvergedAsync(1, Conversation.HealTime);
    }

    [Fact]
    public async Task Host_ToldToStop_AnswersWhatItTookAndSaysComeBack()
    {
        await using var host = new HostDeployment(new DeploymentOptions { LogName = "drained" });
        await host.StartAsync();
        await using var talk = await Conversation.StartAsync(host.BaseAddress, 3);
        var posting = talk.PostAsync(each: 5);
        var process = host.Of(Service.Host);
        Assert.Equal(0, await process.TerminateAsync());
        await process.StartAsync();
        await posting;
        await talk.ConvergedAsync(15, Conversation.HealTime);
    }

    static string LogOf(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Logs, "alone")).FullName, $"{name}-{Guid.CreateVersion7():N}.log");
}
