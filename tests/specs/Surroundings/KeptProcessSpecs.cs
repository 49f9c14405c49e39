using System.Diagnostics;
using System.Globalization;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Waiting;

namespace ChatGenius.Specs.Surroundings;

public sealed class KeptProcessSpecs : IDisposable
{
    readonly WorkFolder _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Process_WhoseHolderWasKilled_EndsWithAllItsChildren()
    {
        // The holder is a shell that holds the leash as a test's process does; killed, it has no chance to tidy up.
        var log = _work.File("log");
        using var holder = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "-c",
                """mkfifo "$1.leash"; bash "$0" TERM "$1" bash -c 'trap "" TERM; sleep 300 & echo "child $!"; wait' <"$1.leash" & exec 9>"$1.leash"; exec sleep 300""",
                Repository.Path("tests/support/Processes/keep"),
                log,
            },
            RedirectStandardOutput = true,
        })!;
        var program = int.Parse((await holder.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await Eventually.True(() => LogTail.Whole(log).StartsWith("child ", StringComparison.Ordinal));
        var child = int.Parse(LogTail.Whole(log)["child ".Length..], CultureInfo.InvariantCulture);
        Assert.True(Runs(program) && Runs(child));

        holder.Kill(entireProcessTree: false);

        await Eventually.True(() => !Runs(program) && !Runs(child), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Process_AskedToStop_AnswersWithItsOwnExitCode()
    {
        await using var process = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = "bash",
            Arguments = ["-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done"],
            LogFile = _work.File("log"),
        });
        await Eventually.True(() => LogTail.Whole(process.LogFile).Contains("ready", StringComparison.Ordinal));

        Assert.Equal(7, await process.StopAsync(TimeSpan.FromSeconds(10)));
    }

    static bool Runs(int processId)
    {
        // A zombie that nobody has reaped yet does not run any more.
        var start = new ProcessStartInfo("ps") { ArgumentList = { "-o", "stat=", "-p", processId.ToString(CultureInfo.InvariantCulture) }, RedirectStandardOutput = true };
        using var ps = Process.Start(start)!;
        var state = ps.StandardOutput.ReadToEnd().Trim();
        return state.Length > 0 && !state.StartsWith('Z');
    }
}
