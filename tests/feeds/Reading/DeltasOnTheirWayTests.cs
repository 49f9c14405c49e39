using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.FeedsTests.Connections;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

/// <summary>Each delta is a frame to every connection, so what the bus brought in another order is not more of them.</summary>
public sealed class DeltasOnTheirWayTests : IDisposable
{
    readonly OneInstance _instance = new();
    readonly PlayedOwner _owner = new();
    readonly PlayedLine _line;
    readonly LiveFeed _feed;

    public DeltasOnTheirWayTests()
    {
        var meters = new LiveFeedMeters(new FeedMeters(_instance), _instance);
        var services = new LiveFeedServices(
            new LocalBackplane(), _ => _owner, TimeSpan.FromHours(1), _instance.Steps.Time, meters, NullLogger.Instance, new DeliveryPace { Together = 1, InTurn = 1 });
        _feed = new LiveFeed(FeedName.Users, null, services);
        var position = new SyncPosition { Feed = _feed.Name.ToString() };
        Task? active = null;
        _instance.Steps.Do(() => active = _feed.ActivateAsync(position, CancellationToken.None));
        _instance.Steps.Pass(TimeSpan.FromSeconds(1));
        _instance.Steps.Do(() => _owner.Answer(0, revision: 0));
        Assert.True(active!.IsCompletedSuccessfully);
        // Two of them, each with a turn of its own, as thousands have.
        var (first, _) = _instance.Open();
        (var second, _line) = _instance.Open();
        foreach (var connection in new[] { first, second })
        {
            Assert.True(_feed.Readers.TryRegister(connection, position, out _));
            connection.EndSync(connection.BeginSync());
        }
    }

    public void Dispose() => _instance.Dispose();

    [Fact]
    public void WaitingInAnyOrder_GoOutAsOne()
    {
        Offer(1, 3, 2, 5, 4);

        Assert.Equal([(0, 5)], Heard());
    }

    [Fact]
    public void OneThatComesLate_GoesOutWithAllThatWaitedForIt()
    {
        Offer(2);
        Offer(3);
        Assert.Empty(Heard());

        Offer(1);

        Assert.Equal([(0, 3)], Heard());
    }

    [Fact]
    public void WhatIsMissing_HoldsUpNothingBeforeIt()
    {
        Offer(4, 2, 1);
        Assert.Equal([(0, 2)], Heard());

        Offer(3);

        Assert.Equal([(0, 2), (2, 4)], Heard());
    }

    void Offer(params int[] revisions) => _instance.Steps.Do(() => Array.ForEach(revisions, revision => _feed.Offer(new FeedSaid
    {
        Delta = new Delta { Feed = _feed.Name.ToString(), Epoch = 1, From = revision - 1, To = revision, Items = [ContractsJson.ToItem(new { id = Guid.CreateVersion7(), revision })] },
    })));

    IEnumerable<(int From, int To)> Heard() =>
        _line.Written.Select(said => ((InvocationMessage)said.Message.Message!).Arguments[0]).OfType<Delta>().Select(delta => ((int)delta.From, (int)delta.To));
}
