using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatGenius.Hosting.Telemetry;

internal static class TelemetryRegistration
{
    // Libraries that tell of themselves: nothing needs to be added to them. Statements come without their parameters, addresses without their queries.
    static readonly string[] s_sources = [Traces.Name, "MassTransit", "Npgsql", "System.Net.Http", "Yarp.ReverseProxy", "Microsoft.AspNetCore.SignalR.Server"];

    static readonly string[] s_meters = ["ChatGenius.*", "MassTransit", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore.*", "System.Runtime"];

    /// <summary>Logs to the console; traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    public static void AddChatGeniusTelemetry(this WebApplicationBuilder builder, string service)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "HH:mm:ss.fff ";
            o.UseUtcTimestamp = true;
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        // Authentication brings data protection along; nothing is protected with its keys, so where they are kept is no news.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A refused token is answered with its code; one line for each would drown the rest.
        builder.Logging.AddFilter("ChatGenius.Hosting.Auth", LogLevel.Warning);
        // These log statements and their parameters, or each failed command that is answered and logged once already.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // It logs nothing at this level, and for each request begins an activity and a scope in case it would.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            return;
        }
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("chatgenius-" + service))
            .WithTracing(t => t.AddAspNetCoreInstrumentation(http => http.Filter = IsTold).AddSource(s_sources))
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter(s_meters))
            .WithLogging()
            .UseOtlpExporter();
    }

    // Questions after each other's health come every few seconds and say nothing of a message.
    static bool IsTold(HttpContext context) => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
