using System.Globalization;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>PostgreSQL from this machine.</summary>
/// <param name="flushes">False where it need not sync to disk: a killed process loses nothing by that, only a killed machine would.</param>
sealed class InstalledPostgres(string initdb, string postgres, bool flushes) : InstalledServer("PostgreSQL")
{
    string Data => Work.File("data");

    public static IServer? Find(bool flushes) =>
        Programs.Find("initdb") is { } initdb && Programs.Find("postgres") is { } postgres ? new InstalledPostgres(initdb, postgres, flushes) : null;

    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password=postgres;Database=postgres");

    protected override async Task PrepareAsync(CancellationToken cancel)
    {
        if (Directory.Exists(Data))
            return;
        var password = Work.File("password");
        await File.WriteAllTextAsync(password, "postgres\n", cancel);
        await Unprivileged.GiveAsync(Work.Path, cancel);
        await using var process = await KeptProcess.StartAsync(
            Unprivileged.Plan(new ProcessPlan
            {
                Program = initdb,
                Arguments = ["--pgdata", Data, "--username", "postgres", "--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
                WorkingDirectory = Work.Path,
                LogFile = LogFile,
            }), cancel);
        if (await process.WaitAsync(cancel) != 0)
            throw new ServersMissingException($"PostgreSQL's initdb failed. {LogTail.Of(LogFile)}");
    }

    protected override ProcessPlan Plan() => Unprivileged.Plan(new ProcessPlan
    {
        Program = postgres,
        Arguments =
        [
            "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", Work.Path,
            "-c", flushes ? "fsync=on" : "fsync=off", "-c", "max_connections=400", "-c", flushes ? "shared_buffers=512MB" : "shared_buffers=64MB",
        ],
        WorkingDirectory = Work.Path,
        LogFile = LogFile,
        LastSignal = Signal.Quit,
    });

    protected override Task AskAsync(CancellationToken cancel) => Answers.Postgres(ConnectionString, cancel);
}
