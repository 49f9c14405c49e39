using ChatGenius.Host;
using Microsoft.Extensions.Options;

namespace ChatGenius.EdgeTests.Operating;

public sealed class StartTests
{
    [Fact]
    public async Task DataFolder_ThatCannotBeMade_EndsTheStart_AndNamesTheSetting()
    {
        using var someone = new Operator();
        var file = Path.Combine(someone.DataPath, "file");
        await File.WriteAllTextAsync(file, "");

        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var host = HostApplication.Build(["--urls", "http://127.0.0.1:0", $"--ChatGenius:PublicUrl={Edges.PublicUrl}", $"--ChatGenius:DataPath={file}/data"]);
            await host.StartAsync();
        });

        Assert.Contains(Path.Combine(file, "data"), wrong.Message, StringComparison.Ordinal);
        Assert.Contains("ChatGenius__DataPath", wrong.Message, StringComparison.Ordinal);
    }
}
