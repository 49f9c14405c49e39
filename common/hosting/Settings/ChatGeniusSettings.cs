using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ChatGenius.Hosting.Settings;

/// <summary>Settings that every process reads, from the section <c>ChatGenius</c> (environment: <c>ChatGenius__Name</c>).</summary>
public sealed class ChatGeniusSettings
{
    /// <summary>The public address, without a slash at its end; also the issuer of tokens. Default: the address that the one-process host listens on.</summary>
    [Required(ErrorMessage = "Set ChatGenius__PublicUrl to the address at which clients reach the gateway, e.g. https://chat.example.org.")]
    public string PublicUrl { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The folder of SQLite files, signing keys and generated secrets. Default: <c>data</c> in the present folder.</summary>
    [Required(ErrorMessage = "Set ChatGenius__DataPath to a folder that this process may write to.")]
    public string DataPath { get; set; } = "data";

    /// <summary>The secret that services show each other; at least 32 characters. Services that run alone need it; the host, where nobody calls from outside the process, does not.</summary>
    public string? ServiceKey { get; set; }

    /// <summary>How long an access token is good for. Default: 15 minutes.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token is good for after its last use. Default: 30 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a used refresh token may be used once more, for an answer that was lost. Default: 10 seconds.</summary>
    public TimeSpan RefreshTokenLeeway { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary><c>open</c> (default) or <c>closed</c>. The first user of an empty deployment can always register.</summary>
    [RegularExpression("open|closed", ErrorMessage = "Set ChatGenius__Registration to open or closed.")]
    public string Registration { get; set; } = "open";

    /// <summary>How often followers compare heads with owners. Default: 4 seconds, so that two of them, one behind the other, fit into the 10 seconds in which everybody is at head.</summary>
    public TimeSpan FollowInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a process that shuts down lets its connections and requests end. Default: 10 seconds.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder with the web client's files; nothing is served when it does not exist. Default: <c>web</c> beside the program.</summary>
    public string? WebPath { get; set; }

    /// <summary>Where the other services are; only for processes that run apart.</summary>
    public ServiceAddresses Services { get; set; } = new();

    /// <summary>Rates of requests.</summary>
    public RateSettings Rates { get; set; } = new();

    /// <summary>Origins of pages that may call from another address, separated by commas; <c>*</c> (default) lets every page call, without cookies, which ChatGenius does not use.</summary>
    public string CorsOrigins { get; set; } = "*";

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) of proxies in front of this process, separated by commas, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. Default: none.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary><see cref="CorsOrigins"/>, taken apart.</summary>
    internal IReadOnlyList<string> AllowedOrigins => Split(CorsOrigins);

    /// <summary><see cref="TrustedProxies"/>, taken apart.</summary>
    internal IReadOnlyList<IPNetwork> ProxyNetworks => [.. Split(TrustedProxies).Select(Network)];

    static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static IPNetwork Network(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : IPNetwork.Parse(text);
}

/// <summary>Base addresses of services. Several addresses of one service are separated by commas.</summary>
public sealed class ServiceAddresses
{
    public string Identity { get; set; } = "http://identity:8080";
    public string Channels { get; set; } = "http://channels:8080";
    public string Messages { get; set; } = "http://messages:8080";
    public string Realtime { get; set; } = "http://realtime:8080";

    /// <summary>The addresses of a service by its name.</summary>
    public IReadOnlyList<Uri> Of(string service)
    {
        var text = service switch
        {
            "identity" => Identity,
            "channels" => Channels,
            "messages" => Messages,
            "realtime" => Realtime,
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "There is no such service."),
        };
        return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(a => new Uri(a))];
    }
}

/// <summary>Rates of requests. Zero switches a limit off.</summary>
public sealed class RateSettings
{
    /// <summary>Commands (POST, PUT, PATCH, DELETE) a second and user. Default: 50.</summary>
    public int CommandsPerSecond { get; set; } = 50;

    /// <summary>Commands that may come at once. Default: 300.</summary>
    public int CommandBurst { get; set; } = 300;

    /// <summary>Reads (GET) a second and user. Default: 200.</summary>
    public int ReadsPerSecond { get; set; } = 200;

    /// <summary>Reads that may come at once. Default: 2000.</summary>
    public int ReadBurst { get; set; } = 2000;

    /// <summary>Sign-ins a minute for one account. Default: 10.</summary>
    public int SignInsPerMinuteAndAccount { get; set; } = 10;

    /// <summary>Sign-ins a minute from one address. Default: 600.</summary>
    public int SignInsPerMinuteAndAddress { get; set; } = 600;

    /// <summary>Registrations a minute from one address. Default: 600.</summary>
    public int RegistrationsPerMinuteAndAddress { get; set; } = 600;

    /// <summary>Every one of them.</summary>
    internal IEnumerable<int> All =>
        [CommandsPerSecond, CommandBurst, ReadsPerSecond, ReadBurst, SignInsPerMinuteAndAccount, SignInsPerMinuteAndAddress, RegistrationsPerMinuteAndAddress];
}
