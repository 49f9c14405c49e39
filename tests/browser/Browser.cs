using Microsoft.Playwright;

namespace ChatGenius.BrowserTests;

/// <summary>The machine's own Chromium.</summary>
internal static class Browser
{
    static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    /// <summary>Starts it without a window. <c>CHATGENIUS_TEST_CHROMIUM</c> names another one.</summary>
    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHATGENIUS_TEST_CHROMIUM") ?? s_places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is needed: install it (Debian: apt-get install chromium) or set CHATGENIUS_TEST_CHROMIUM."),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
