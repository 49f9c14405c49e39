using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatGenius.Gateway;
using ChatGenius.Hosting.Administration;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Realtime;

namespace ChatGenius.EdgeTests.Operating;

public sealed class DoctorTests
{
    static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Host_ThatNeverRan_IsFineAndNothingIsMade()
    {
        using var someone = new Operator();
        var said = await someone.SayAsync("doctor");
        Assert.Equal(0, said.Code);
        Assert.Contains("OK    database messages", said.Output, StringComparison.Ordinal);
        Assert.Contains("OK    data folder", said.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 failed", said.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(someone.DataPath));
    }

    [Fact]
    public async Task PublicAddress_ThatIsTheMachineItselfAndDoesNotAnswer_SaysWhatThatIsInAContainer()
    {
        using var someone = new Operator();
        var said = await someone.SayAsync("doctor");
        Assert.Matches("WARN  public address .* cannot be reached from here.*\n +→ .*container", said.Output);
    }

    [Fact]
    public async Task Host_ThatRan_IsLookedAtPartByPart()
    {
        using var someone = new Operator();
        await someone.SayAsync("user create ada", "correct horse battery");
        var said = await someone.SayAsync("doctor");
        Assert.Equal(0, said.Code);
        foreach (var database in (string[])["identity", "channels", "messages"])
            Assert.Contains($"{database}.db, no migration pending", said.Output, StringComparison.Ordinal);
        Assert.Contains("signing keys       1 in", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_ThatIsBroken_FailsWithWhatToDo()
    {
        using var someone = new Operator();
        await File.WriteAllTextAsync(Path.Combine(someone.DataPath, "channels.db"), new string('x', 8192));
        var said = await someone.SayAsync("doctor");
        Assert.Equal(1, said.Code);
        Assert.Matches("FAIL  database channels .*\n +→ .*backup", said.Output);
    }

    [Fact]
    public async Task Keys_ThatCannotBeUsed_Fail()
    {
        using var someone = new Operator();
        var keys = Directory.CreateDirectory(Path.Combine(someone.DataPath, "keys"));
        await File.WriteAllTextAsync(Path.Combine(keys.FullName, "signing-1.pem"), "no key");
        var said = await someone.SayAsync("doctor");
        Assert.Equal(1, said.Code);
        Assert.Contains("FAIL  signing keys", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ChatGenius:Registration=sometimes", "Set ChatGenius__Registration")]
    [InlineData("--ConnectionStrings:Redis=cache:6379", "Unset ConnectionStrings__Redis")]
    public async Task Setting_ThatIsWrong_FailsWithTheOneThatIsRight(string setting, string remedy)
    {
        using var someone = new Operator();
        var said = await someone.SayAsync("doctor", "", setting);
        Assert.Equal(1, said.Code);
        Assert.Contains("FAIL  settings", said.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithoutItsSettings_NamesThem()
    {
        var said = await RealtimeAsync();
        Assert.Equal(1, said.Code);
        foreach (var name in (string[])["ConnectionStrings__RabbitMq", "ConnectionStrings__Redis", "ChatGenius__ServiceKey", "ChatGenius__PublicUrl"])
            Assert.Contains(name, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WhoseSurroundingsAreAway_FailsEachOfThem()
    {
        var nowhere = PlayedServices.Nowhere();
        var said = await RealtimeAsync($"--ConnectionStrings:RabbitMq=amqp://127.0.0.1:{nowhere.Port}", $"--ConnectionStrings:Redis=127.0.0.1:{nowhere.Port}", $"--ChatGenius:ServiceKey={new string('k', 32)}",
            $"--ChatGenius:PublicUrl={nowhere.ToString().TrimEnd('/')}", $"--ChatGenius:Services:Identity={nowhere}", $"--ChatGenius:Services:Channels={nowhere}", $"--ChatGenius:Services:Messages={nowhere}");
        Assert.Equal(1, said.Code);
        foreach (var part in (string[])["broker", "cache", "service identity", "service channels", "service messages"])
            Assert.Matches($"FAIL  {part} .*\n +→ ", said.Output);
    }

    [Fact]
    public async Task Gateway_LooksAtTheServicesAndTheirClocks()
    {
        await using var services = await PlayedServices.StartAsync();
        var output = new StringWriter();
        var code = await new CommandLine("gateway", [], GatewayApplication.Build).RunAsync(
            ["doctor", $"--ChatGenius:PublicUrl={Edges.PublicUrl.Replace("https", "http", StringComparison.Ordinal)}", $"--ChatGenius:ServiceKey={new string('k', 32)}", .. services.Settings], new SecretInput(), output, output, default);
        Assert.Equal(0, code);
        foreach (var service in (string[])["identity", "channels", "messages", "realtime"])
            Assert.Contains($"OK    service {service}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("OK    clock", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("WARN  public address     http://chat.example.org is not encrypted", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, Health.Ok)]
    [InlineData(-5, Health.Warn)]
    [InlineData(5, Health.Warn)]
    [InlineData(31, Health.Fail)]
    public void Clock_ThatIsApart_IsSaid(int seconds, Health health) => Assert.Equal(health, Finding.Clock("theirs", s_now.AddSeconds(seconds), s_now, s_now).Health);

    [Fact]
    public void Clock_ThatWasLongAsked_IsNotApart() => Assert.Equal(Health.Ok, Finding.Clock("theirs", s_now.AddSeconds(40), s_now, s_now.AddMinutes(1)).Health);

    [Theory]
    [InlineData(90, "OK    certificate")]
    [InlineData(5, "WARN  certificate")]
    [InlineData(-1, "FAIL  certificate")]
    public async Task Certificate_ThatEnds_IsSaid(int days, string line)
    {
        using var someone = new Operator();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=chat", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(s_now.AddDays(-10), s_now.AddDays(days));
        var file = Path.Combine(someone.DataPath, "chat.pfx");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "p"));
        var said = await someone.SayAsync("doctor", "", $"--Kestrel:Certificates:Default:Path={file}", "--Kestrel:Certificates:Default:Password=p");
        Assert.Contains(line, said.Output, StringComparison.Ordinal);
    }

    static async Task<Operator.Said> RealtimeAsync(params string[] settings)
    {
        var output = new StringWriter();
        var commands = new CommandLine("realtime", [RealtimeModule.Module], (args, add) => ServiceApplication.Build(args, "realtime", [RealtimeModule.Module], add: add));
        return new Operator.Said(await commands.RunAsync(["doctor", .. settings], new SecretInput(), output, output, default), output.ToString(), "");
    }
}
