using System.Diagnostics;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.Specs.Surroundings;

/// <summary>What an operator installs by hand: docs/operations.md.</summary>
public sealed class PublishSpecs : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly WorkFolder _work = new();

    public void Dispose() => _work.Dispose();

    // Not compiled ahead, which takes minutes and changes nothing but the time of the start. The page is another project's.
    [Fact]
    public async Task Host_Published_BringsItsOwnRuntimeAndStarts()
    {
        var app = _work.Folder("app");
        await PublishAsync(["publish", Repository.Path("host"), "-c", Repository.Configuration, "-p:PublishReadyToRun=false", "-p:BuildWeb=false", "-v", "quiet", "--nologo", "-o", app]);
        Assert.True(File.Exists(Path.Combine(app, OperatingSystem.IsMacOS() ? "libcoreclr.dylib" : "libcoreclr.so")), "No runtime was published.");

        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var host = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = Path.Combine(app, "ChatGenius.Host"),
            Arguments = ["--urls", address.ToString()],
            Environment = new Dictionary<string, string?> { ["ChatGenius__DataPath"] = _work.Folder("data"), ["ChatGenius__PublicUrl"] = address.ToString(), ["DOTNET_ROOT"] = _work.Folder("nothing") },
            WorkingDirectory = app,
            LogFile = Path.Combine(Repository.Logs, "published-host.log"),
        });

        using var http = new HttpClient { BaseAddress = address };
        await Eventually.Get(async () => (await http.GetAsync("health/ready")).StatusCode, status => status == HttpStatusCode.OK, TimeSpan.FromMinutes(1));
    }

    static async Task PublishAsync(string[] arguments)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "--disable-build-servers"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var late = new CancellationTokenSource(Patience);
        await using var killed = late.Token.Register(() => publish.Kill(entireProcessTree: true));
        var said = await Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, string.Concat(said));
    }
}
