using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;

namespace ChatGenius.FaultTests;

/// <summary>One part after the other dies and comes back while people talk; in the end everyone holds what the owner holds.</summary>
public sealed class DyingPartsTests : IAsyncLifetime
{
    const int People = 6;

    readonly DistributedDeployment _deployment = new(new DeploymentOptions { Instances = new Dictionary<string, int> { [Service.Messages] = 2, [Service.Realtime] = 2 } });

    public Task InitializeAsync() => _deployment.StartAsync();

    public async Task DisposeAsync() => await _deployment.DisposeAsync();

    [Fact]
    public async Task Talk_WhilePartsDieAndComeBack_EveryoneConverges()
    {
        await using var talk = await Conversation.StartAsync(_deployment.BaseAddress, People);
        var posted = 0;
        await GoOn("nothing", () => Task.CompletedTask, () => Task.CompletedTask);
        await GoOn("the broker", _deployment.Servers.RabbitMq.KillAsync, () => _deployment.Servers.RabbitMq.StartAsync());
        await GoOn("the cache", _deployment.Servers.Redis.KillAsync, () => _deployment.Servers.Redis.StartAsync());
        await GoOn("a messages instance", _deployment.Of(Service.Messages).KillAsync, () => _deployment.Of(Service.Messages).StartAsync());
        await GoOn("a realtime instance", _deployment.Of(Service.Realtime).KillAsync, () => _deployment.Of(Service.Realtime).StartAsync());
        await GoOn("the channels service", _deployment.Of(Service.Channels).KillAsync, () => _deployment.Of(Service.Channels).StartAsync());
        // A killed PostgreSQL starts once the last of its orphaned processes has noticed.
        await GoOn("the database", _deployment.Servers.Postgres.KillAsync, () => Eventually.Succeeds(() => _deployment.Servers.Postgres.StartAsync()));

        async Task GoOn(string what, Func<Task> die, Func<Task> comeBack)
        {
            try
            {
                var posting = talk.PostAsync(each: 3);
                await die();
                await comeBack();
                await posting;
                await talk.ConvergedAsync(posted += 3 * People, Conversation.HealTime);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"After the death of {what}: {failure.Message}", failure);
            }
        }
    }

    [Fact]
    public async Task LastDelta_LostWithTheBroker_ArrivesAllTheSame()
    {
        await using var talk = await Conversation.StartAsync(_deployment.BaseAddress, 2);
        await _deployment.Servers.RabbitMq.KillAsync();
        await talk.PostAsync(each: 1);
        // Nothing follows, and the broker does not come back: only the comparison of heads can find it.
        await talk.ConvergedAsync(2, Conversation.HealTime);
        await _deployment.Servers.RabbitMq.StartAsync();
    }
}
