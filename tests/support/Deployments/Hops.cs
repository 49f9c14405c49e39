using System.Globalization;
using System.Net;
using ChatGenius.TestSupport.Network;
using Npgsql;

namespace ChatGenius.TestSupport.Deployments;

/// <summary>The links between the parts of a deployment, each with faults of its own. Parts are called as their processes are, and <see cref="Clients"/>, <see cref="Broker"/>, <see cref="Cache"/> and <see cref="Database"/>.</summary>
public sealed class Hops : IAsyncDisposable
{
    /// <summary>Everyone outside.</summary>
    public const string Clients = "clients";

    /// <summary>RabbitMQ.</summary>
    public const string Broker = "broker";

    /// <summary>Redis.</summary>
    public const string Cache = "cache";

    /// <summary>PostgreSQL.</summary>
    public const string Database = "database";

    readonly Queue<int> _ports;
    readonly List<FaultProxy> _all = [];

    internal Hops(Queue<int> ports) => _ports = ports;

    /// <summary>Every link.</summary>
    public IReadOnlyList<FaultProxy> All => _all;

    /// <summary>The link from one part to another.</summary>
    public FaultProxy Between(string from, string to) => _all.First(hop => hop.From == from && hop.To == to);

    /// <summary>All links that lead to a part.</summary>
    public IReadOnlyList<FaultProxy> To(string part) => [.. _all.Where(hop => hop.To == part)];

    /// <summary>All links of a part, in and out: its network.</summary>
    public IReadOnlyList<FaultProxy> Around(string part) => [.. _all.Where(hop => hop.From == part || hop.To == part)];

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        foreach (var hop in _all)
            hop.Heal();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hop in _all)
            await hop.DisposeAsync();
    }

    /// <summary>How many links so many processes have at most.</summary>
    internal static int Needed(int processes) => 1 + processes * (processes + 3);

    internal int Lead(string from, string to, string host, int port)
    {
        var hop = new FaultProxy(from, to, new DnsEndPoint(host, port), _ports.Dequeue()).Start();
        _all.Add(hop);
        return hop.Port;
    }

    internal string LeadToBroker(string from, string address)
    {
        var real = new UriBuilder(address);
        (real.Port, real.Host) = (Lead(from, Broker, real.Host, real.Port < 0 ? 5672 : real.Port), "127.0.0.1");
        return real.Uri.ToString();
    }

    internal string LeadToCache(string from, string address)
    {
        var parts = address.Split(',');
        var real = parts[0].Split(':');
        parts[0] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Lead(from, Cache, real[0], real.Length > 1 ? int.Parse(real[1], CultureInfo.InvariantCulture) : 6379)}");
        return string.Join(',', parts);
    }

    internal string LeadToDatabase(string from, string connectionString)
    {
        var real = new NpgsqlConnectionStringBuilder(connectionString);
        (real.Port, real.Host) = (Lead(from, Database, real.Host!, real.Port), "127.0.0.1");
        return real.ConnectionString;
    }
}
