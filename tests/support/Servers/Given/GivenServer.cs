namespace ChatGenius.TestSupport.Servers.Given;

/// <summary>A server that the environment names. It is used as it is and never stopped.</summary>
sealed class GivenServer(string name, string variable, string connectionString, Func<CancellationToken, Task> ask) : IServer
{
    public string Name => name;
    public string Origin => "environment";
    public string ConnectionString => connectionString;
    public bool CanBeStopped => false;

    public async Task StartAsync(CancellationToken cancel = default)
    {
        try
        {
            await Answers.Wait(ask, () => false, cancel);
        }
        catch (TimeoutException error)
        {
            throw new ServersMissingException($"{name} does not answer at the address that {variable} gives: {error.Message}");
        }
    }

    public Task StopAsync() => throw Refusal();
    public Task KillAsync() => throw Refusal();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    InvalidOperationException Refusal() => new($"{name} was given by {variable} and is not ours to stop; a test that stops servers checks CanBeStopped first.");
}
