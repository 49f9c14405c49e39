using System.Net;
using ChatGenius.Hosting.Settings;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace ChatGenius.Gateway.Routing;

/// <summary>How the instances of a service are reached.</summary>
internal static class ServiceCluster
{
    /// <summary>The services behind the gateway.</summary>
    public static IReadOnlyList<string> Names { get; } = ["identity", "channels", "messages", "realtime"];

    /// <summary>How long a service may be silent within a request.</summary>
    static readonly TimeSpan RequestSilence = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection of the hub may be silent: far longer than its keep-alive (10 s) and than one long poll (110 s).</summary>
    static readonly TimeSpan ConnectionSilence = TimeSpan.FromMinutes(5);

    public static ClusterConfig Of(string service, ServiceAddresses addresses) => new()
    {
        ClusterId = service,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = addresses.Of(service).Select((address, i) => (Name: $"{service}-{i}", address))
            .ToDictionary(d => d.Name, d => new DestinationConfig { Address = d.address.AbsoluteUri }),
        HttpRequest = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = service == "realtime" ? ConnectionSilence : RequestSilence,
        },
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = TimeSpan.FromSeconds(3),
                Timeout = TimeSpan.FromSeconds(2),
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health/ready",
            },
            // Where none says it is ready, each still serves what it can.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
        Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1" },
    };
}
