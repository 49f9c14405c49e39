using ChatGenius.Host;
using ChatGenius.Hosting.Administration;

namespace ChatGenius.EdgeTests.Operating;

/// <summary>An operator at the command line of a host with a data folder of its own.</summary>
internal sealed class Operator : IDisposable
{
    readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chatgenius-operator-");
    readonly CommandLine _commands = new("chatgenius", HostApplication.Modules, HostApplication.Build, ("--seed", "fill it"));

    public string DataPath => _data.FullName;

    /// <summary>Says a command, with what is typed or piped in after it.</summary>
    public async Task<Said> SayAsync(string command, string typed = "", params string[] settings)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await _commands.RunAsync([.. command.Split(' '), $"--ChatGenius:DataPath={DataPath}", "--urls=http://127.0.0.1:1", .. settings], new SecretInput(new StringReader(typed)), output, error, default);
        return new Said(code, output.ToString(), error.ToString());
    }

    /// <summary>The host itself, running on the same data.</summary>
    public Task<Running> RunHostAsync() =>
        Running.StartAsync(HostApplication.Build(["--urls", "http://127.0.0.1:0", $"--ChatGenius:PublicUrl={Edges.PublicUrl}", $"--ChatGenius:DataPath={DataPath}"]));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    internal sealed record Said(int? Code, string Output, string Error);
}
