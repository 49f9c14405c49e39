using System.Diagnostics;
using System.Globalization;

namespace ChatGenius.TestSupport.Processes;

/// <summary>What to run and how.</summary>
public sealed record ProcessPlan
{
    public required string Program { get; init; }
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to the environment of the test; a null removes what is there.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
    public string WorkingDirectory { get; init; } = Path.GetTempPath();

    /// <summary>The file to which standard output and error are appended.</summary>
    public required string LogFile { get; init; }

    /// <summary>What the process gets first when the test's own process ends without stopping it.</summary>
    public Signal LastSignal { get; init; } = Signal.Kill;
}

/// <summary>A child process that never outlives the test's process, however that ends. Thread-safe.</summary>
public sealed class KeptProcess : IAsyncDisposable
{
    readonly Process _keeper;
    readonly int _id;

    KeptProcess(Process keeper, int id, string logFile)
    {
        _keeper = keeper;
        _id = id;
        LogFile = logFile;
    }

    public string LogFile { get; }
    public bool HasExited => _keeper.HasExited;

    /// <summary>The process's own id; its children have it as their parent's.</summary>
    public int ProcessId => _id;

    /// <summary>Starts a process. Returns as soon as it runs, not when it is ready.</summary>
    public static async Task<KeptProcess> StartAsync(ProcessPlan plan, CancellationToken cancel = default)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = plan.WorkingDirectory };
        foreach (var argument in (string[])[Repository.Path("tests/support/Processes/keep"), plan.LastSignal.ShellName(), plan.LogFile, plan.Program, .. plan.Arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        var keeper = Process.Start(start) ?? throw new InvalidOperationException($"Could not start {plan.Program}.");
        var line = await keeper.StandardOutput.ReadLineAsync(cancel);
        return int.TryParse(line, CultureInfo.InvariantCulture, out var id)
            ? new KeptProcess(keeper, id, plan.LogFile)
            : throw new InvalidOperationException($"Could not start {plan.Program}: {LogTail.Of(plan.LogFile)}");
    }

    /// <summary>Sends a signal to the process and its children and returns at once.</summary>
    public void Send(Signal signal)
    {
        if (!HasExited)
            Signals.Send(-_id, signal);
    }

    /// <summary>Waits until the process has ended.</summary>
    /// <returns>Its exit code; 128 plus the signal when a signal ended it.</returns>
    public async Task<int> WaitAsync(CancellationToken cancel = default)
    {
        await _keeper.WaitForExitAsync(cancel);
        return _keeper.ExitCode;
    }

    /// <summary>Asks the process to stop, waits for <paramref name="patience"/>, then kills it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        Send(Signal.Terminate);
        using var bound = new CancellationTokenSource(patience);
        try
        {
            return await WaitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            return await KillAsync();
        }
    }

    /// <summary>Ends the process as a crash would.</summary>
    public async Task<int> KillAsync()
    {
        Send(Signal.Kill);
        return await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // The code of a killed process says nothing: it is not asked for.
        Send(Signal.Kill);
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
