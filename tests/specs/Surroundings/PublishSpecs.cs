using System.Diagnostics;
using System.Reflection.PortableExecutable;
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

    [Theory]
    [InlineData("services/identity")]
    [InlineData("services/channels")]
    [InlineData("services/messages")]
    [InlineData("services/realtime")]
    [InlineData("gateway")]
    [InlineData("host")]
    public void Program_ThatIsInstalled_SaysHowItIsPublished(string folder) =>
        Assert.Contains("common/published.props", File.ReadAllText(Directory.GetFiles(Repository.Path(folder), "*.csproj").Single()), StringComparison.Ordinal);

    // One for all: the gateway has the fewest assemblies to compile.
    [Fact]
    public async Task Service_Published_IsCompiledAheadAndStarts()
    {
        var app = _work.Folder("gateway");
        await PublishAsync(["publish", Repository.Path("gateway"), "-c", Repository.Configuration, "-p:BuildWeb=false", "-v", "quiet", "--nologo", "-o", app]);
        var program = Path.Combine(app, "ChatGenius.Gateway.dll");
        foreach (var assembly in (string[])[program, Path.Combine(app, "ChatGenius.Hosting.dll"), Path.Combine(app, "Yarp.ReverseProxy.dll")])
            using (var file = new PEReader(File.OpenRead(assembly)))
                Assert.True(file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{assembly} has no code for this machine.");

        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var gateway = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = "dotnet",
            Arguments = [program, "--urls", address.ToString()],
            Environment = new Dictionary<string, string?> { ["ChatGenius__DataPath"] = _work.Folder("data"), ["ChatGenius__PublicUrl"] = address.ToString(), ["ChatGenius__ServiceKey"] = new string('k', 64) },
            WorkingDirectory = app,
            LogFile = Path.Combine(Repository.Logs, "published-gateway.log"),
        });

        using var http = new HttpClient { BaseAddress = address };
        await Eventually.Get(async () => (await http.GetAsync("health/live")).StatusCode, status => status == HttpStatusCode.OK, TimeSpan.FromMinutes(1));
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
