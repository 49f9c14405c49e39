using System.Net.Http.Headers;
using ChatGenius.Host;

namespace ChatGenius.EdgeTests.Operating;

public sealed class CommandTests
{
    const string Password = "correct horse battery";

    [Fact]
    public async Task Help_ListsEveryCommand()
    {
        using var someone = new Operator();
        foreach (var words in (string[])["--help", "help", "-h"])
        {
            var said = await someone.SayAsync(words);
            Assert.Equal(0, said.Code);
            foreach (var command in HostApplication.Modules.SelectMany(m => m.Commands))
                Assert.Contains($"  {command.Words} ", said.Output, StringComparison.Ordinal);
            Assert.Contains("  doctor ", said.Output, StringComparison.Ordinal);
            Assert.Contains("  --seed ", said.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("user")]
    [InlineData("user fly")]
    [InlineData("user create")]
    [InlineData("user create ada bob")]
    [InlineData("docter")]
    public async Task Command_ThatIsNone_SaysWhichThereAre(string words)
    {
        using var someone = new Operator();
        var said = await someone.SayAsync(words);
        Assert.Equal(2, said.Code);
        Assert.Contains("user create NAME", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_AreNoCommand()
    {
        using var someone = new Operator();
        Assert.Null((await someone.SayAsync("--seed")).Code);
    }

    [Theory]
    [InlineData("--password=secret-as-can-be")]
    [InlineData("--password")]
    public async Task Password_InAnArgument_IsRefused(string option)
    {
        using var someone = new Operator();
        var said = await someone.SayAsync("user create ada " + option, Password);
        Assert.Equal(2, said.Code);
        Assert.DoesNotContain("secret-as-can-be", said.Output + said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", (await someone.SayAsync("user list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_IsMadeAndSignsIn_AlsoWhereRegistrationIsClosed()
    {
        using var someone = new Operator();
        Assert.Equal(0, (await someone.SayAsync("user create ada --display-name=Ada", Password, "--ChatGenius:Registration=closed")).Code);
        Assert.Equal(0, (await someone.SayAsync("user create bob", Password, "--ChatGenius:Registration=closed")).Code);
        Assert.Equal(1, (await someone.SayAsync("user create BOB", Password)).Code);
        Assert.Equal(1, (await someone.SayAsync("user create eve", "short")).Code);
        Assert.Equal(1, (await someone.SayAsync("user create eve")).Code);
        var listed = (await someone.SayAsync("user list")).Output.Split('\n');
        // The first of an empty deployment is its administrator, however they came.
        Assert.Contains(listed, line => line.Contains("admin", StringComparison.Ordinal) && line.Contains("ada (Ada)", StringComparison.Ordinal));
        Assert.Contains(listed, line => !line.Contains("admin", StringComparison.Ordinal) && line.EndsWith("bob", StringComparison.Ordinal));
        await using var host = await someone.RunHostAsync();
        Assert.NotNull(await SignInAsync(host, "bob", Password));
    }

    [Fact]
    public async Task Changes_WhileTheHostRuns_TakeEffect()
    {
        using var someone = new Operator();
        await using var host = await someone.RunHostAsync();
        await Answers.UntilAsync(() => host.Http.GetAsync("/health/ready").GetAwaiter().GetResult().IsSuccessStatusCode, "the host is ready");
        Assert.Equal(0, (await someone.SayAsync("user create ada --admin", Password)).Code);
        Assert.Equal(0, (await someone.SayAsync("user create bob", Password)).Code);
        var token = await SignInAsync(host, "bob", Password);
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var made = await host.Http.PostAsJsonAsync("/api/v1/channels", new { name = "plans", kind = "private" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var channel = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("channel").GetProperty("id").GetString();

        Assert.Contains(channel!, (await someone.SayAsync("channel list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await someone.SayAsync("channel archive #plans")).Code);
        Assert.True((await host.Http.GetFromJsonAsync<JsonElement>($"/api/v1/channels/{channel}")).GetProperty("archived").GetBoolean());
        Assert.Equal(0, (await someone.SayAsync($"channel restore {channel}")).Code);
        Assert.Equal(0, (await someone.SayAsync("channel rename plans secrets")).Code);
        Assert.Equal("secrets", (await host.Http.GetFromJsonAsync<JsonElement>($"/api/v1/channels/{channel}")).GetProperty("name").GetString());
        Assert.Equal(1, (await someone.SayAsync("channel archive nowhere")).Code);

        Assert.Equal(0, (await someone.SayAsync("user reset-password bob", "another password")).Code);
        await Answers.UntilAsync(() => host.Http.GetAsync("/api/v1/users/me").GetAwaiter().GetResult().StatusCode == HttpStatusCode.Unauthorized, "bob's session has ended");
        Assert.Null(await SignInAsync(host, "bob", Password));
        Assert.NotNull(await SignInAsync(host, "bob", "another password"));

        Assert.Equal(0, (await someone.SayAsync("user disable bob")).Code);
        Assert.Null(await SignInAsync(host, "bob", "another password"));
        Assert.Equal(0, (await someone.SayAsync("user enable bob")).Code);
        Assert.NotNull(await SignInAsync(host, "bob", "another password"));
    }

    [Fact]
    public async Task Administrators_AreMadeAndTheLastOneStays()
    {
        using var someone = new Operator();
        await someone.SayAsync("user create ada", Password);
        await someone.SayAsync("user create bob", Password);
        Assert.Equal(1, (await someone.SayAsync("user remove-admin ada")).Code);
        Assert.Equal(0, (await someone.SayAsync("user make-admin bob")).Code);
        Assert.Equal(0, (await someone.SayAsync("user remove-admin ada")).Code);
        var admin = Assert.Single((await someone.SayAsync("user list")).Output.Split('\n'), line => line.Contains("admin", StringComparison.Ordinal));
        Assert.EndsWith("bob", admin, StringComparison.Ordinal);
        Assert.Equal(1, (await someone.SayAsync("user make-admin nobody")).Code);
    }

    static async Task<string?> SignInAsync(Running host, string username, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["client_id"] = "chatgenius", ["username"] = username, ["password"] = password, ["scope"] = "openid" });
        await Answers.UntilAsync(() => host.Http.GetAsync("/health/ready").GetAwaiter().GetResult().IsSuccessStatusCode, "the host is ready");
        using var answer = await host.Http.PostAsync("/connect/token", form);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString() : null;
    }
}
