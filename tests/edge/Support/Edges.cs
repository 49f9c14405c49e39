using ChatGenius.Gateway;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Starts gateways.</summary>
internal static class Edges
{
    public const string PublicUrl = "https://chat.example.org";

    /// <summary>A gateway with these settings (<c>ChatGenius:</c> is put before them), and no services unless they say so.</summary>
    public static Task<Running> GatewayAsync(params IEnumerable<string> settings) => GatewayAsync(_ => { }, settings);

    /// <summary>A gateway with something of a test's own.</summary>
    public static Task<Running> GatewayAsync(Action<WebApplicationBuilder> add, params IEnumerable<string> settings) =>
        Running.StartAsync(GatewayApplication.Build([.. Common, .. settings.Select(s => s.StartsWith("--", StringComparison.Ordinal) ? s : "--ChatGenius:" + s)], add));

    /// <summary>A gateway before services that are played.</summary>
    public static Task<Running> GatewayAsync(PlayedServices services, params IEnumerable<string> settings) => GatewayAsync([.. services.Settings, .. settings]);

    static string[] Common
    {
        get
        {
            var nowhere = PlayedServices.Nowhere();
            return
            [
                "--urls", "http://127.0.0.1:0", $"--ChatGenius:PublicUrl={PublicUrl}", $"--ChatGenius:ServiceKey={new string('k', 32)}",
                $"--ChatGenius:Services:Identity={nowhere}", $"--ChatGenius:Services:Channels={nowhere}", $"--ChatGenius:Services:Messages={nowhere}", $"--ChatGenius:Services:Realtime={nowhere}",
            ];
        }
    }
}
