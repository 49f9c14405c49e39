using ChatGenius.Client;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.TestSupport.Deployments;
using Microsoft.AspNetCore.Http.Connections;
using Xunit;

namespace ChatGenius.FaultTests;

/// <summary>One deployment of separate processes, every hop of which has faults to switch. Tests use it one after the other and leave it healed.</summary>
[CollectionDefinition(Name)]
public sealed class ProxiedDeployment : IAsyncLifetime, ICollectionFixture<ProxiedDeployment>
{
    public const string Name = "proxied";

    readonly HttpClient _http = new();

    public DistributedDeployment Deployment { get; } = new(new DeploymentOptions
    {
        Instances = new Dictionary<string, int> { [Service.Messages] = 2, [Service.Realtime] = 2 },
        ProxiedHops = true,
        LogName = "proxied",
        Environment = new Dictionary<string, string?>
        {
            // What is measured here is not how fast one user may be.
            ["ChatGenius__Rates__CommandsPerSecond"] = "0",
            ["ChatGenius__Rates__ReadsPerSecond"] = "0",
            // Tokens end while everything else fails.
            ["ChatGenius__AccessTokenLifetime"] = "00:00:40",
            ["ChatGenius__Realtime__ExpiryNotice"] = "00:00:15",
        },
    });

    public Uri Address => Deployment.BaseAddress;

    public async Task InitializeAsync()
    {
        await Deployment.StartAsync();
        _http.BaseAddress = Address;
    }

    public async Task DisposeAsync()
    {
        await Deployment.DisposeAsync();
        _http.Dispose();
    }

    internal Task<Account> RegisterAsync() => Account.RegisterAsync(_http);

    /// <summary>One of the project's clients, signed in and not connected.</summary>
    internal async Task<ChatClient> SignInAsync(Account account)
    {
        var client = new ChatClient(new ChatClientOptions { Address = Address, Transports = HttpTransportType.WebSockets, MaxBackOff = TimeSpan.FromSeconds(1), CallTimeout = TimeSpan.FromSeconds(10) });
        await client.SignInAsync(account.Username, Account.Password);
        return client;
    }
}
