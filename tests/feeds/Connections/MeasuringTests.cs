using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Hosting.Telemetry;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.Hubs;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class MeasuringTests
{
    static readonly Delta s_change = new() { Feed = FeedName.Users.ToString(), Epoch = 1, From = 0, To = 1, Items = [] };

    readonly OneInstance _instance = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handed_WithAndWithoutListener_AllocatesNothing(bool listens)
    {
        var meters = new ConnectionMeters(_instance);
        var recorded = 0;
        using var listener = listens ? Listener(_instance.Made[^1], () => recorded++) : null;
        var connection = _instance.Open().Connection;
        var outgoing = Outgoing.Of(s_change, new DeliveryOrigin(_instance.Steps.Time.GetUtcNow()));
        meters.Handed(connection, outgoing, _instance.Steps.Time);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            meters.Handed(connection, outgoing, _instance.Steps.Time);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(listens ? 1001 : 0, recorded);
    }

    [Fact]
    public void BeginHanding_OfATracedDelta_TellsOfFourConnections_AndOfNoneWhenItIsNotTraced()
    {
        var told = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = told.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var trace = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var traced = Outgoing.Of(s_change, new DeliveryOrigin(null, trace));
        for (var i = 0; i < 10; i++)
            traced.BeginHanding()?.Dispose();

        Assert.Null(Outgoing.Of(s_change).BeginHanding());
        Assert.Equal(4, told.Count(a => a.TraceId == trace.TraceId));
    }

    [Fact]
    public void Deltas_ThatAreJoined_CountFromTheOlderCommit()
    {
        var (queue, early) = (new OutboundQueue(10, 100_000), _instance.Steps.Time.GetUtcNow());
        queue.Add(Outgoing.Of(s_change, new DeliveryOrigin(early)));
        queue.Add(Outgoing.Of(s_change with { From = 1, To = 2 }, new DeliveryOrigin(early.AddSeconds(3))));

        Assert.True(queue.TryTake(out var joined));
        Assert.Equal((2, early), (joined.Delta!.To, joined.Origin.At));
    }

    [Fact]
    public void Report_OfAnyWords_IsCountedUnderKnownOnes()
    {
        var meters = new QualityMeters(_instance);
        var labels = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter == _instance.Made[^1]) l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => labels.AddRange(tags.ToArray().Select(t => (string)t.Value!)));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => labels.AddRange(tags.ToArray().Select(t => (string)t.Value!)));
        listener.Start();

        meters.Record(new ConnectionQuality
        {
            RoundTripMs = 4, Reconnects = 2, Causes = new Dictionary<string, int> { ["lost"] = 1, ["my cat"] = 1 }, Gaps = 1, Transport = "pigeons", Client = "mine",
            AwayMs = [1, -1, double.NaN], PostMs = [double.PositiveInfinity], Fallbacks = new Dictionary<string, int> { ["noUpgrade"] = 1, ["mood"] = 1 },
        });

        Assert.Equal(["lost", "noUpgrade", "other"], labels.Distinct().Order());
    }

    static MeterListener Listener(Meter meter, Action recorded)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter == meter && instrument.Name == "chatgenius.delivery.duration") l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => recorded());
        listener.Start();
        return listener;
    }
}
