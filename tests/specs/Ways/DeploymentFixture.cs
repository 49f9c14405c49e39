using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Specs.Ways;

/// <summary>One running deployment, shared by the specs of a collection, and a few people who live in it.</summary>
public abstract class DeploymentFixture : IAsyncLifetime
{
    readonly Dictionary<string, Person> _people = [];
    readonly SemaphoreSlim _one = new(1, 1);
    Chat? _chat;

    protected DeploymentFixture(IDeployment deployment) => Deployment = deployment;

    public IDeployment Deployment { get; }
    public Chat Chat => _chat ?? throw new InvalidOperationException("The deployment was not started.");

    public async Task InitializeAsync()
    {
        await Deployment.StartAsync();
        _chat = new Chat(Deployment.BaseAddress);
    }

    public async Task DisposeAsync()
    {
        _chat?.Dispose();
        await Deployment.DisposeAsync();
    }

    /// <summary>Someone who is registered once and takes part in many specs: passwords are slow to hash by design.</summary>
    public async Task<Person> PersonAsync(string name)
    {
        await _one.WaitAsync();
        try
        {
            return _people.TryGetValue(name, out var person) ? person : _people[name] = await Chat.RegisterAsync(name);
        }
        finally
        {
            _one.Release();
        }
    }
}
