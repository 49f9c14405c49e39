using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace ChatGenius.Gateway.Destinations;

/// <summary>
/// Turns a host name into the addresses of its instances, again and again, so that instances may come and go. Unlike YARP's own resolver it never fails:
/// a name that cannot be resolved yet stays a name, so the gateway starts before the services, and what was resolved once stays known.
/// </summary>
internal sealed class HostNameResolver : IDestinationResolver
{
    static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, IPAddress[]> _known = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = await Task.WhenAll(destinations.Select(d => ResolveAsync(d.Key, d.Value, cancellationToken)));
        var refresh = new CancellationTokenSource(RefreshPeriod);
        return new ResolvedDestinationCollection(resolved.SelectMany(r => r).ToDictionary(r => r.Name, r => r.Config), new CancellationChangeToken(refresh.Token));
    }

    // Named by address and not by place: name servers shuffle their answers.
    async Task<IReadOnlyList<(string Name, DestinationConfig Config)>> ResolveAsync(string name, DestinationConfig config, CancellationToken cancellation)
    {
        var address = new Uri(config.Address);
        if (address.HostNameType != UriHostNameType.Dns || address.IsLoopback || await AddressesAsync(address.DnsSafeHost, cancellation) is not { Length: > 0 } addresses)
            return [(name, config)];
        return [.. addresses.Select(a => ($"{name} {a}", config with { Address = new UriBuilder(address) { Host = a.ToString() }.Uri.AbsoluteUri, Host = address.Authority }))];
    }

    async Task<IPAddress[]?> AddressesAsync(string host, CancellationToken cancellation)
    {
        try
        {
            var all = await Dns.GetHostAddressesAsync(host, cancellation).WaitAsync(Patience, cancellation);
            // An instance with addresses of both families is one instance.
            var fourth = Array.FindAll(all, a => a.AddressFamily == AddressFamily.InterNetwork);
            return _known[host] = fourth.Length > 0 ? fourth : all;
        }
        catch (Exception unknown) when (unknown is SocketException or TimeoutException)
        {
            return _known.GetValueOrDefault(host);
        }
    }
}
