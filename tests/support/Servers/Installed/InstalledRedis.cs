using System.Globalization;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>Redis or Valkey from this machine. It keeps nothing on disk: what it holds may be lost at any time.</summary>
sealed class InstalledRedis(string program) : InstalledServer("Redis")
{
    public static IServer? Find() => (Programs.Find("redis-server") ?? Programs.Find("valkey-server")) is { } program ? new InstalledRedis(program) : null;

    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    protected override ProcessPlan Plan() => new()
    {
        Program = program,
        Arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Work.Path],
        WorkingDirectory = Work.Path,
        LogFile = LogFile,
    };

    protected override Task AskAsync(CancellationToken cancel) => Answers.Redis(ConnectionString, cancel);
}
