using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Edge.RateLimits;

/// <summary>Which limit a request falls under. The hub, health checks, pages and files fall under none.</summary>
internal sealed class RateLimitTable : IDisposable
{
    readonly RateLimit? _commands, _reads, _signIns, _registrations;

    public RateLimitTable(IOptions<ChatGeniusSettings> settings)
    {
        var rates = settings.Value.Rates;
        _commands = PerSecond("commands", rates.CommandsPerSecond, rates.CommandBurst);
        _reads = PerSecond("reads", rates.ReadsPerSecond, rates.ReadBurst);
        _signIns = PerMinute("sign-ins", rates.SignInsPerMinuteAndAddress);
        _registrations = PerMinute("registrations", rates.RegistrationsPerMinuteAndAddress);
    }

    /// <summary>The limit of a request; null when it has none.</summary>
    public RateLimit? Of(HttpRequest request)
    {
        var (path, method) = (request.Path, request.Method);
        if (HttpMethods.IsPost(method) && Is(path, "/connect/token"))
            return _signIns;
        if (!path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsOptions(method))
            return null;
        if (HttpMethods.IsPost(method) && Is(path, "/api/v1/users"))
            return _registrations;
        // Sync is a POST only because positions do not fit into an address.
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || Is(path, "/api/v1/sync") ? _reads : _commands;
    }

    public void Dispose()
    {
        _commands?.Dispose();
        _reads?.Dispose();
        _signIns?.Dispose();
        _registrations?.Dispose();
    }

    static RateLimit? PerSecond(string name, int perSecond, int burst) =>
        perSecond == 0 ? null : new RateLimit(name, Math.Max(burst, perSecond), perSecond, perUser: true);

    static RateLimit? PerMinute(string name, int perMinute) => perMinute == 0 ? null : new RateLimit(name, perMinute, perMinute / 60d, perUser: false);

    static bool Is(PathString path, string value) => path.Value!.TrimEnd('/').Equals(value, StringComparison.OrdinalIgnoreCase);
}
