using ChatGenius.BrowserTests;
using Microsoft.Playwright;

namespace ChatGenius.TelemetryTests.Status;

public sealed class StatusTests(StatusFixture status) : IClassFixture<StatusFixture>
{
    const string Path = "/api/v1/admin/status";

    [Fact]
    public async Task Figures_AreForAdministratorsAlone()
    {
        (await status.Chat.GetAsync(Path)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await status.User.GetAsync(Path)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await status.Administrator.GetAsync(Path)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Figures_TellOfConnectionsDeliveryAndParts()
    {
        var seen = await Eventually.Get(async () => (await status.Administrator.GetAsync(Path)).Body, body => body.List("closes").Length > 0);

        Assert.Equal(1, Figure(seen, "chatgenius.connections", "live"));
        Assert.Equal(1, Figure(seen, "chatgenius.part.ready", "bus"));
        Assert.Equal(0, Figure(seen, "chatgenius.feed.deltas.unsent", "messages"));
        Assert.True(Figure(seen, "chatgenius.token.events", "issued") >= 3);
        Assert.Equal(("4002", "longPolling"), (seen.Text("closes.0.code"), seen.Text("closes.0.transport")));
        var delivery = seen.GetProperty("times").GetProperty("chatgenius.delivery.duration");
        Assert.True(delivery.Number("count") >= 1 && delivery.GetProperty("halfMs").GetDouble() <= delivery.GetProperty("ninetyNineMs").GetDouble());
    }

    [Fact]
    public async Task Page_ShowsTheFigures_ToAdministratorsAlone()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.StartAsync(playwright);
        var page = await browser.NewPageAsync();
        var faults = new List<string>();
        // What was answered with a refusal is no fault of the page; what its content policy or its script does not take is one.
        page.Console += (_, said) => faults.AddRange(said.Type == "error" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) ? [said.Text] : []);
        page.PageError += (_, fault) => faults.Add(fault);
        await page.GotoAsync(new Uri(status.Address, "/admin/status").ToString());

        await SignInAsync(page, status.User);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no administrator");
        await SignInAsync(page, status.Administrator);

        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("live, webSockets");
        await Assertions.Expect(main).ToContainTextAsync("4002");
        await Assertions.Expect(main).ToContainTextAsync("messages-follows-channels");
        await page.SetViewportSizeAsync(1280, 900);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(Repository.Logs, "status.png"), FullPage = true });
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(Repository.Logs, "status-phone.png"), FullPage = true });
        Assert.Empty(faults);
        // Nothing is kept: after a reload the password is asked for again.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToBeVisibleAsync();
        Assert.Equal("0", await page.EvaluateAsync<string>("String(localStorage.length + sessionStorage.length)"));
    }

    static async Task SignInAsync(IPage page, Person person)
    {
        await page.GetByLabel("User name").FillAsync(person.Username);
        await page.GetByLabel("Password").FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button).ClickAsync();
    }

    static double Figure(JsonElement seen, string name, string label) => seen.List("figures")
        .Where(f => f.Text("name") == name && f.GetProperty("labels").EnumerateObject().Any(l => l.Value.GetString() == label)).Sum(f => f.GetProperty("value").GetDouble());
}
