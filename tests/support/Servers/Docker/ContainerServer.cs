using DotNet.Testcontainers.Containers;

namespace ChatGenius.TestSupport.Servers.Docker;

/// <summary>A server in a container of its own.</summary>
sealed class ContainerServer(string name, IContainer container, Func<string> connectionString, Func<string, CancellationToken, Task> ask) : IServer
{
    string? _connectionString;

    public string Name => name;
    public string Origin => "Docker";
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException($"{name} was not started yet.");
    public bool CanBeStopped => true;

    public async Task StartAsync(CancellationToken cancel = default)
    {
        await container.StartAsync(cancel);
        _connectionString ??= connectionString();
        await Answers.Wait(token => ask(_connectionString, token), () => false, cancel);
    }

    public Task StopAsync() => container.StopAsync();

    public async Task KillAsync()
    {
        await DockerEngine.KillAsync(container.Id);
        // Tells the library too that it does not run any more.
        await container.StopAsync();
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
