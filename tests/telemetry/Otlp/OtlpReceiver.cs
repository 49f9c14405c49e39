using System.Collections.Concurrent;
using System.Text;
using ChatGenius.TestSupport.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatGenius.TelemetryTests.Otlp;

/// <summary>Takes what processes export by OTLP over HTTP, and keeps all of it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();
    readonly ConcurrentQueue<Span> _spans = new();
    readonly ConcurrentDictionary<string, Point> _points = new();
    readonly WebApplication _app;

    OtlpReceiver(WebApplication app, string address) => (_app, Address) = (app, address);

    public string Address { get; }

    /// <summary>Settings that make a process export to here, and often.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "500",
    };

    public IReadOnlyCollection<Span> Spans => _spans;

    /// <summary>The newest point of each series of each instance.</summary>
    public IEnumerable<Point> Points => _points.Values;

    /// <summary>How many exports of a kind (<c>traces</c>, <c>metrics</c>, <c>logs</c>) came.</summary>
    public int Exports(string kind) => _taken.Count(export => export.Path.EndsWith(kind, StringComparison.Ordinal));

    /// <summary>The kinds of export in which a text stands somewhere, as bytes.</summary>
    public IReadOnlyList<string> WhereStands(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return [.. _taken.Where(export => export.Body.AsSpan().IndexOf(wanted) >= 0).Select(export => export.Path).Distinct()];
    }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, address);
        app.MapPost("/v1/{kind}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task TakeAsync(HttpContext context)
    {
        // Compressed, nothing would ever be found in it.
        Assert.Equal("", context.Request.Headers.ContentEncoding.ToString());
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Request.Path.Value!;
        foreach (var span in path.EndsWith("traces", StringComparison.Ordinal) ? Span.Of(new ProtoMessage(body.ToArray())) : [])
            _spans.Enqueue(span);
        foreach (var point in path.EndsWith("metrics", StringComparison.Ordinal) ? Point.Of(new ProtoMessage(body.ToArray())) : [])
            _points[$"{point.Instance} {point.Name} {string.Join(',', point.Labels.OrderBy(l => l.Key, StringComparer.Ordinal))}"] = point;
        _taken.Enqueue((path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
