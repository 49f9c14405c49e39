using System.Diagnostics.Metrics;
using System.Globalization;

namespace ChatGenius.Host.Status;

/// <summary>
/// Keeps the newest figures of the process's own metrics in a bounded amount of memory, for a deployment that has nothing beside it to keep them: sums, gauges, the spread of times over
/// the last five minutes, and the last closed connections. Thread-safe.
/// </summary>
internal sealed class StatusBoard : IHostedService, IDisposable
{
    const int SeriesLimit = 1000;
    const int ClosesLimit = 50;
    const string Closed = "chatgenius.connections.closed";

    readonly Lock _gate = new();
    readonly MeterListener _listener;
    readonly TimeProvider _time;
    readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);
    readonly Queue<CloseSeen> _closes = new();
    readonly DateTimeOffset _since;

    public StatusBoard(IMeterFactory factory, TimeProvider time)
    {
        (_time, _since) = (time, time.GetUtcNow());
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other hosts may live in the same process, each with meters of its own.
                if (instrument.Name.StartsWith("chatgenius.", StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Take(instrument, value, labels));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>The figures as of now.</summary>
    public StatusReport Look()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
            return new StatusReport
            {
                At = _time.GetUtcNow(),
                Since = _since,
                WindowSeconds = (int)Window.Length.TotalSeconds,
                Figures = [.. _series.Values.Where(s => s.Value != 0 || s.IsGauge).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new Figure { Name = s.Name, Labels = s.Labels, Value = s.Value })],
                Times = _windows.OrderBy(w => w.Key, StringComparer.Ordinal).ToDictionary(w => w.Key, w => w.Value.Look()),
                Closes = [.. _closes.Reverse()],
            };
    }

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (_gate)
        {
            if (instrument is Histogram<double> && instrument.Unit == "s")
            {
                if (!_windows.TryGetValue(instrument.Name, out var window))
                    _windows[instrument.Name] = window = new Window(_time);
                window.Add(value);
                return;
            }
            var key = Key(instrument, labels);
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= SeriesLimit)
                    return;
                _series[key] = series = new Series(key, instrument.Name, Labels(labels), instrument is Gauge<long> or ObservableInstrument<long> or ObservableInstrument<int>);
            }
            series.Value = series.IsGauge ? value : series.Value + value;
            if (instrument.Name != Closed)
                return;
            if (_closes.Count >= ClosesLimit)
                _closes.Dequeue();
            _closes.Enqueue(new CloseSeen(_time.GetUtcNow(), series.Labels.GetValueOrDefault("code", ""), series.Labels.GetValueOrDefault("transport", "")));
        }
    }

    static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = instrument.Name;
        foreach (var (name, value) in labels)
            key += $" {name}={value}";
        return key;
    }

    static Dictionary<string, string> Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var named = new Dictionary<string, string>(labels.Length);
        foreach (var (name, value) in labels)
            named[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return named;
    }

    sealed record Series(string Key, string Name, IReadOnlyDictionary<string, string> Labels, bool IsGauge)
    {
        public double Value { get; set; }
    }
}
