using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>The page of one person in a browser of their own.</summary>
internal sealed class ChatPage : IAsyncDisposable
{
    const float PatienceMs = 20_000;

    // Only what is near is in the document, so the list is walked from its top to its end.
    const string Walk = """
        async () => {
          const list = document.querySelector('.scroller');
          const seen = new Map();
          const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          list.scrollTop = 0;
          for (let i = 0; i < 400; i++) {
            await frame();
            for (const row of list.querySelectorAll('[data-row]')) seen.set(row.dataset.row, [Number(row.dataset.seq ?? 1e9), row.querySelector('.text')?.textContent ?? '']);
            if (list.scrollTop + list.clientHeight >= list.scrollHeight - 2) break;
            list.scrollTop += list.clientHeight / 2;
          }
          return [...seen.values()].sort((a, b) => a[0] - b[0]).map((row) => row[1]);
        }
        """;

    readonly IBrowserContext _context;
    readonly List<string> _troubles = [];

    ChatPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(PatienceMs);
        page.PageError += (_, error) => _troubles.Add(error);
        page.Console += (_, said) =>
        {
            if (said.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                _troubles.Add(said.Text);
        };
        page.Dialog += (_, dialog) => _troubles.Add(dialog.Message);
    }

    public IPage Page { get; }
    public IBrowserContext Context => _context;
    public ILocator Field => Page.Locator(".conversation .composer textarea");
    public ILocator Notice => Page.Locator(".connection");

    public static async Task<ChatPage> OpenAsync(IBrowser browser, Uri address)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 800 } });
        var page = new ChatPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>Opens a channel as somebody who signs in there.</summary>
    public static Task<ChatPage> OpenAsync(IBrowser browser, Uri address, Someone who, Guid channel) => OpenAsync(browser, new Uri(address, $"c/{channel}"), who.Name, Someone.Password);

    /// <summary>Opens the page as somebody who signs in there.</summary>
    public static async Task<ChatPage> OpenAsync(IBrowser browser, Uri address, string username, string password)
    {
        var page = await OpenAsync(browser, address);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Page.Locator("[name=username]").FillAsync(username);
        await page.Page.Locator("[name=password]").FillAsync(password);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Field.WaitForAsync();
        await page.BecomesAsync("live");
        return page;
    }

    public async Task SayAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    public ILocator Message(string text, string state = "stored") => Page.Locator($".conversation .message[data-state={state}]", new() { HasText = text });

    public Task SeesAsync(string text, string state = "stored") => Assertions.Expect(Message(text, state)).ToHaveCountAsync(1, new() { Timeout = PatienceMs });

    public Task BecomesAsync(string phase) => Assertions.Expect(Notice).ToHaveAttributeAsync("data-phase", phase, new() { Timeout = PatienceMs });

    /// <summary>The texts of the whole timeline, in its order.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync() => await Page.EvaluateAsync<string[]>(Walk);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_troubles);
    }
}
