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
}

static class Signals
{
    /// <summary>Sends a signal to a process, or with a negative id to a process group; one that is gone already is no error.</summary>
    public static void Send(int processId, Signal signal) => _ = kill(processId, (int)signal);

    public static string ShellName(this Signal signal) => signal switch { Signal.Quit => "QUIT", Signal.Kill => "KILL", _ => "TERM" };

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int kill(int processId, int signal);
}
