using ChatGenius.Client;
using ChatGenius.Contracts.Messages;
using ChatGenius.TestSupport.Deployments;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatGenius.FaultTests;

public sealed class OldMessagesTests
{
    [Fact]
    public async Task Retry_AMonthLater_IsTheSameMessage()
    {
        await using var host = new HostDeployment(new DeploymentOptions { LogName = "old" });
        await host.StartAsync();
        await using var talk = await Conversation.StartAsync(host.BaseAddress, 1);
        var api = talk.Clients[0].Api;
        var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "sent before a long journey" };
        var first = await api.PostAsync(talk.Channel, body);
        await api.EditAsync(talk.Channel, first.Id, new EditMessage { Text = "edited since" });
        var process = host.Of(Service.Host);
        await process.TerminateAsync();
        await AgeAsync(Path.Combine(host.DataPath, "messages.db"), TimeSpan.FromDays(31));
        await process.StartAsync();

        var again = await api.PostAsync(talk.Channel, body);
        Assert.Equal((first.Id, first.Seq, "edited since"), (again.Id, again.Seq, again.Text));
        Assert.True(first.CreatedAt - again.CreatedAt > TimeSpan.FromDays(30));
        var refused = await Assert.ThrowsAsync<ChatApiException>(() => api.PostAsync(talk.Channel, body with { Text = "something else" }));
        Assert.Equal("client_id_conflict", refused.Code);
        Assert.Single((await api.HistoryAsync(talk.Channel)).Items);
    }

    static async Task AgeAsync(string database, TimeSpan age)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE messages SET created_at = created_at - $age";
        command.Parameters.AddWithValue("$age", age.Ticks);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
