using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>A server that runs as a child process on a free port, with its data in a temporary folder.</summary>
abstract class InstalledServer(string name) : IServer
{
    KeptProcess? _process;

    public string Name => name;
    public string Origin => "installed";
    public abstract string ConnectionString { get; }
    public bool CanBeStopped => true;
    public int? ProcessId => _process?.ProcessId;

    protected int Port { get; } = FreePort.Next();
    protected WorkFolder Work { get; } = new();
    protected string LogFile => Path.Combine(Repository.Logs, $"{name}-{Port}.log");

    public async Task StartAsync(CancellationToken cancel = default)
    {
        await PrepareAsync(cancel);
        var process = _process = await KeptProcess.StartAsync(Plan(), cancel);
        try
        {
            await Answers.Wait(AskAsync, () => process.HasExited, cancel);
        }
        catch (TimeoutException error)
        {
            throw new ServersMissingException($"{name} was started and did not answer: {error.Message}{Environment.NewLine}{LogTail.Of(LogFile)}");
        }
        if (process.HasExited)
            throw new ServersMissingException($"{name} ended while it started. {LogTail.Of(LogFile)}");
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
            await process.StopAsync(TimeSpan.FromSeconds(20));
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
            await process.KillAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
        Work.Dispose();
    }

    /// <summary>What to run.</summary>
    protected abstract ProcessPlan Plan();

    /// <summary>Throws until the server answers.</summary>
    protected abstract Task AskAsync(CancellationToken cancel);

    /// <summary>What is needed before each start.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;
}
