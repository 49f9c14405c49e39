using System.Diagnostics.Metrics;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Realtime.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class LiveConnectionsTests : IDisposable
{
    const int Opened = 4201;
    const int Moved = 4202;

    readonly OneInstance _instance = new();

    public void Dispose() => _instance.Dispose();

    [Fact]
    public void Step_OfAConnection_IsOneEventWithIdsFromToAndCause()
    {
        var (connection, _) = _instance.Open();

        connection.BeginSync();
        _instance.Connections.Leave(connection.Id);

        Assert.Equal([Opened, Moved, Moved], _instance.Log.Events.Select(e => e.Id));
        foreach (var (_, fields) in _instance.Log.Events)
            Assert.Equal((connection.Id, (object?)connection.UserId), (fields["Connection"], fields["User"]));
        Assert.Equal(
            [(ConnectionState.Connecting, ConnectionState.Syncing, "sync"), (ConnectionState.Syncing, ConnectionState.Closed, "lost")],
            _instance.Log.Events.Skip(1).Select(e => ((ConnectionState)e.Fields["From"]!, (ConnectionState)e.Fields["To"]!, (string)e.Fields["Cause"]!)));
    }

    [Fact]
    public void Sync_Superseded_EndsNothing()
    {
        var (connection, _) = _instance.Open();
        var older = connection.BeginSync();
        var newer = connection.BeginSync();

        connection.EndSync(older);
        Assert.Equal(ConnectionState.Syncing, connection.State);
        connection.EndSync(newer);
        Assert.Equal(ConnectionState.Live, connection.State);
    }

    [Fact]
    public void Client_ThatDoesNotRead_IsClosedAsStalledAndTheOtherIsNot()
    {
        var (stalled, line) = _instance.Open();
        var (reading, other) = _instance.Open();
        line.StopReading();
        foreach (var connection in (LiveConnection[])[stalled, reading])
            _instance.Steps.Do(() => connection.Send(Word()));

        _instance.Steps.Pass(_instance.Settings.StallLimit - TimeSpan.FromSeconds(1));
        Assert.Equal((ConnectionState.Connecting, null), (stalled.State, stalled.ClosingCode));
        _instance.Steps.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal((ConnectionState.Draining, CloseCode.Stalled), (stalled.State, stalled.ClosingCode));
        Assert.Equal([PlayedLine.Requested], line.Happened);
        Assert.Equal([nameof(IChatClient.Behind)], other.Happened);
        Assert.Null(reading.ClosingCode);
    }

    [Fact]
    public void Connection_BeyondTheLimitOfItsUser_IsClosedAsTooMany()
    {
        var user = Guid.CreateVersion7();
        var lines = Enumerable.Range(0, 3).Select(_ => _instance.Open(user: user)).ToList();
        _instance.Open();

        Assert.Equal([null, null, CloseCode.TooMany], lines.Select(l => l.Connection.ClosingCode));
        Assert.Equal([nameof(IChatClient.Closing), PlayedLine.Requested], lines[2].Line.Happened);
        Assert.True(lines[2].Line.Closing is { Reconnect: true, RetryAfterMs: > 0 });
    }

    [Fact]
    public void Connection_ThatIsBeingOpenedWhenTheProcessDrains_IsToldToComeBackToo()
    {
        var (_, early) = _instance.Open();
        var drained = Task.CompletedTask;
        _instance.Steps.Do(() => drained = _instance.Care.DrainAsync());
        _instance.Steps.Pass(TimeSpan.FromMilliseconds(200));
        var (_, late) = _instance.Open();

        Assert.False(drained.IsCompleted);
        foreach (var line in (PlayedLine[])[early, late])
            Assert.Equal((CloseCode.Draining, true), (line.Closing?.Code, line.Closing?.RetryAfterMs > 0));
        Assert.Equal([nameof(IChatClient.Closing), PlayedLine.Requested], late.Happened);
        _instance.Steps.Pass(TimeSpan.FromMilliseconds(100));
        Assert.True(drained.IsCompleted);
    }

    [Fact]
    public void Farewell_IsWrittenBeforeTheEnd_AfterWhatWaits()
    {
        var (connection, line) = _instance.Open();
        line.StopReading();
        _instance.Steps.Do(() => connection.Send(Word()));
        _instance.Steps.Do(() => connection.Send(Word()));
        _instance.Steps.Do(() => _instance.Connections.Close(connection, CloseCode.Closing(CloseCode.Draining, 700), "draining"));
        Assert.Empty(line.Happened);

        _instance.Steps.Do(line.ReadOn);

        Assert.Equal([nameof(IChatClient.Behind), nameof(IChatClient.Behind), nameof(IChatClient.Closing), PlayedLine.Requested], line.Happened);
        Assert.Equal((CloseCode.Draining, 700), (line.Closing!.Code, line.Closing.RetryAfterMs));
    }

    [Fact]
    public void WhatWaits_LeavesTogether_UpToABound()
    {
        var (connection, line) = _instance.Open();
        line.StopReading();
        foreach (var feed in (string[])["first", "second", "third", "large", "larger", "last"])
            _instance.Steps.Do(() => connection.Send(Outgoing.Of(Change(feed, feed.StartsWith("large", StringComparison.Ordinal) ? 20_000 : 100))));

        _instance.Steps.Do(line.ReadOn);

        Assert.Equal([1, 4, 1], line.Writes);
        Assert.Equal(["first", "second", "third", "large", "larger", "last"], line.Written.Select(w => w.Delta!.Feed));
    }

    [Fact]
    public void Together_MessagesAreWholeAndInOrder()
    {
        var protocol = new JsonHubProtocol();
        Outgoing[] outgoing = [Outgoing.Of(Change("first", 100)), Word(), Outgoing.Of(Change("second", 5000))];

        var bytes = SignalRLine.Together(outgoing, protocol).GetSerializedMessage(protocol).ToArray();

        Assert.Equal(outgoing.SelectMany(one => one.Message.GetSerializedMessage(protocol).ToArray()), bytes);
    }

    [Fact]
    public void Delta_AfterTheFarewell_IsNotSent()
    {
        var (connection, line) = _instance.Open();
        _instance.Steps.Do(() => _instance.Connections.Close(connection, CloseCode.Closing(CloseCode.Draining), "draining"));

        _instance.Steps.Do(() => connection.Send(Outgoing.Of(new Delta { Feed = "users", Epoch = 1, From = 0, To = 1, Items = [] })));

        Assert.Equal([nameof(IChatClient.Closing), PlayedLine.Requested], line.Happened);
    }

    [Fact]
    public void Session_ThatEnds_EndsItsConnectionsForGoodAndNoOthers()
    {
        var (connection, line) = _instance.Open(session: "mine");
        var (other, _) = _instance.Open(session: "other");

        _instance.End("mine");
        _instance.Steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal((CloseCode.SessionEnded, false), (line.Closing!.Code, line.Closing.Reconnect));
        Assert.Equal([nameof(IChatClient.Closing), PlayedLine.Aborted], line.Happened);
        Assert.Equal((CloseCode.SessionEnded, null), (connection.ClosingCode, other.ClosingCode));
    }

    [Fact]
    public void Session_ThatEndedWhileTheConnectionOpened_EndsIt()
    {
        _instance.EndUnheard("gone");

        Assert.Equal(CloseCode.SessionEnded, _instance.Open(session: "gone").Connection.ClosingCode);
    }

    [Fact]
    public void Token_ThatEnds_IsToldOnce_AndClosesAfterItsGrace()
    {
        var (connection, line) = _instance.Open(token: TimeSpan.FromMinutes(5));
        _instance.Steps.Pass(TimeSpan.FromMinutes(5) - _instance.Settings.ExpiryNotice - TimeSpan.FromSeconds(1));
        Assert.Empty(line.Happened);

        _instance.Steps.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal([nameof(IChatClient.Expiring)], line.Happened);
        _instance.Steps.Pass(_instance.Settings.ExpiryNotice + _instance.Settings.ExpiryGrace - TimeSpan.FromSeconds(2));
        Assert.Equal([nameof(IChatClient.Expiring)], line.Happened);
        Assert.Null(connection.ClosingCode);
        _instance.Steps.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal([nameof(IChatClient.Expiring), nameof(IChatClient.Closing), PlayedLine.Requested], line.Happened);
        Assert.Equal((CloseCode.Expired, true), (line.Closing!.Code, line.Closing.Reconnect));
    }

    [Fact]
    public void Token_Renewed_KeepsTheConnectionOpen_AndIsToldOfAnew()
    {
        var (connection, line) = _instance.Open(token: TimeSpan.FromMinutes(5));
        _instance.Steps.Pass(TimeSpan.FromMinutes(4.5));
        connection.Renewed(_instance.Steps.Time.GetUtcNow().AddMinutes(5));

        _instance.Steps.Pass(TimeSpan.FromMinutes(3));
        Assert.Equal((1, null), (line.Told(nameof(IChatClient.Expiring)), connection.ClosingCode));
        _instance.Steps.Pass(TimeSpan.FromMinutes(1.5));

        Assert.Equal((2, null), (line.Told(nameof(IChatClient.Expiring)), connection.ClosingCode));
    }

    [Theory]
    [InlineData("webSockets")]
    [InlineData("serverSentEvents")]
    [InlineData("longPolling")]
    public void Connection_Opened_IsCountedByItsTransport(string transport)
    {
        var counted = new List<object?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "chatgenius.connections.opened" && _instance.Made.Contains(instrument.Meter)) listener.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted.AddRange(Enumerable.Repeat(tags[0].Value, (int)count)));
        listener.Start();

        _instance.Open(transport: transport);

        Assert.Equal([transport], counted);
    }

    // Something small that is neither a delta nor ephemeral.
    static Delta Change(string feed, int bytes) =>
        new() { Feed = feed, Epoch = 1, From = 0, To = 1, Items = [ContractsJson.ToItem(new { id = feed, revision = 1, text = new string('x', bytes) })] };

    static Outgoing Word() => Outgoing.Behind(["users"]);
}
