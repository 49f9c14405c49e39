using System.Runtime.InteropServices;

namespace ChatGenius.TestSupport.Processes;

/// <summary>The signals that tests send.</summary>
public enum Signal
{
    /// <summary>Ask it to stop at once, in order (PostgreSQL's immediate shutdown).</summary>
    Quit = 3,

    /// <summary>End it as a crash would.</summary>
    Kill = 9,

    /// <summary>Ask it to finish what it has in hand and stop.</summary>
    Terminate = 15,

    /// <summary>Go on after <see cref="Freeze"/>. The number is Linux's.</summary>
    Thaw = 18,

    /// <summary>Stand still: no code of it runs, and its sockets stay open. The number is Linux's.</summary>
    Freeze = 19,
}

static class Signals
{
    /// <summary>Sends a signal to a process, or with a negative id to a process group; one that is gone already is no error.</summary>
    public static void Send(int processId, Signal signal) => _ = kill(processId, NumberOf(signal));

    public static string ShellName(this Signal signal) => signal switch { Signal.Quit => "QUIT", Signal.Kill => "KILL", _ => "TERM" };

    static int NumberOf(Signal signal) => signal switch
    {
        Signal.Freeze when OperatingSystem.IsMacOS() => 17,
        Signal.Thaw when OperatingSystem.IsMacOS() => 19,
        _ => (int)signal,
    };

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int kill(int processId, int signal);
}
