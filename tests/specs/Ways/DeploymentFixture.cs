using System.Collections.Concurrent;
using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Ways;

/// <summary>One running deployment, shared by the specs of a collection, and a few people who live in it.</summary>
public abstract class DeploymentFixture : IAsyncLifetime
{
    readonly ConcurrentDictionary<string, Lazy<Task<object>>> _made = new();
    Chat? _chat;
    Person? _administrator;

    protected DeploymentFixture(IDeployment deployment) => Deployment = deployment;

    public IDeployment Deployment { get; }
    public Chat Chat => _chat ?? throw new InvalidOperationException("The deployment was not started.");

    /// <summary>The first user of the deployment.</summary>
    public Person Administrator => _administrator ?? throw new InvalidOperationException("The deployment was not started.");

    public async Task InitializeAsync()
    {
        await Deployment.StartAsync();
        _chat = new Chat(Deployment.BaseAddress);
        _administrator = await _chat.RegisterAsync("admin");
    }

    public async Task DisposeAsync()
    {
        _chat?.Dispose();
        await Deployment.DisposeAsync();
    }

    /// <summary>Someone who is registered once and takes part in many specs: passwords are slow to hash by design.</summary>
    public Task<Person> PersonAsync(string name) => OnceAsync("person " + name, () => Chat.RegisterAsync(name));

    /// <summary>Makes something the first time it is asked for.</summary>
    public async Task<T> OnceAsync<T>(string name, Func<Task<T>> make) where T : notnull =>
        (T)await _made.GetOrAdd(name, _ => new Lazy<Task<object>>(async () => await make())).Value;
}
