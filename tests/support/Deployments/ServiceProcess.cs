using System.Globalization;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Waiting;

namespace ChatGenius.TestSupport.Deployments;

/// <summary>One process of a deployment. It keeps its address and its settings over a stop and a start.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>How long a process may take until it is ready.</summary>
    public static readonly TimeSpan StartBound = TimeSpan.FromSeconds(120);

    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    static readonly string[] Foreign = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__", "ChatGenius__", "Logging__"];
    readonly string _program;
    readonly IReadOnlyDictionary<string, string?> _environment;
    readonly IReadOnlyList<string> _arguments;
    KeptProcess? _process;

    internal ServiceProcess(string name, string program, int port, string logFile, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string>? arguments = null)
    {
        _arguments = arguments ?? [];
        Name = name;
        _program = program;
        _environment = environment;
        LogFile = logFile;
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    /// <summary>The service's name, with a number where there are several.</summary>
    public string Name { get; }

    /// <summary>Its own address; behind the gateway where it is not the gateway itself.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Its standard output and error, over all its starts.</summary>
    public string LogFile { get; }

    /// <summary>The id of the process that runs now, for measuring it.</summary>
    public int ProcessId => Running.ProcessId;

    public bool IsRunning => _process is { HasExited: false };

    string[] Command => _program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", _program] : [_program];

    /// <summary>Everything that it has said so far.</summary>
    public string Log() => LogTail.Whole(LogFile);

    /// <summary>Runs a command of its program with its settings, beside it.</summary>
    /// <returns>The exit code, and what it said on both outputs.</returns>
    public async Task<(int Code, string Said)> SayAsync(params string[] command)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Command[0], [.. Command[1..], .. command]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(_program)! };
        foreach (var (name, value) in Surroundings())
            start.Environment[name] = value;
        using var process = System.Diagnostics.Process.Start(start)!;
        using var bound = new CancellationTokenSource(StartBound);
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(bound.Token), process.StandardError.ReadToEndAsync(bound.Token));
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>Starts it without waiting.</summary>
    public async Task LaunchAsync(CancellationToken cancel = default)
    {
        var environment = Surroundings();
        _process = await KeptProcess.StartAsync(
            new ProcessPlan
            {
                Program = Command[0],
                Arguments = [.. Command[1..], .. _arguments, "--urls", BaseAddress.ToString().TrimEnd('/')],
                Environment = environment,
                WorkingDirectory = Path.GetDirectoryName(_program)!,
                LogFile = LogFile,
            }, cancel);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync(CancellationToken cancel = default)
    {
        try
        {
            await Eventually.Get(
                async () => !IsRunning || (await Http.GetAsync(new Uri(BaseAddress, "/health/ready"), cancel)).IsSuccessStatusCode, ended => ended, StartBound);
        }
        catch (TimeoutException error)
        {
            throw new DeploymentFailedException($"{Name} was not ready: {error.Message}{Environment.NewLine}{LogTail.Of(LogFile)}");
        }
        if (!IsRunning)
            throw new DeploymentFailedException($"{Name} ended while it started. {LogTail.Of(LogFile)}");
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        await LaunchAsync(cancel);
        await ReadyAsync(cancel);
    }

    /// <summary>Asks it to finish and stop (SIGTERM), and kills it after 30 s.</summary>
    /// <returns>Its exit code; 0 when it ended in good order.</returns>
    public Task<int> TerminateAsync() => Running.StopAsync(TimeSpan.FromSeconds(30));

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync() => Running.KillAsync();

    /// <summary>Makes it stand still, with its sockets open, until <see cref="Thaw"/>.</summary>
    public void Freeze() => Running.Send(Signal.Freeze);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Running.Send(Signal.Thaw);

    /// <summary>Terminates it and starts it again.</summary>
    public async Task RestartAsync(CancellationToken cancel = default)
    {
        await TerminateAsync();
        await StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
    }

    // Its own settings, and none of those that this process happens to have.
    Dictionary<string, string?> Surroundings()
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in _environment)
            environment[name] = value;
        return environment;
    }

    KeptProcess Running => _process ?? throw new InvalidOperationException($"{Name} was not started.");
}
