using System.Diagnostics;

namespace ChatGenius.BrowserTests;

/// <summary>The stock SignalR client for browsers, as npm has it.</summary>
internal static class StockClient
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>The folder of its scripts; installed from the lock file the first time.</summary>
    public static async Task<string> FolderAsync(string page)
    {
        var folder = Path.Combine(page, "node_modules/@microsoft/signalr/dist/browser");
        if (Directory.Exists(folder))
            return folder;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = page, RedirectStandardError = true })!;
        var said = npm.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(s_patience);
        await npm.WaitForExitAsync(bound.Token);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm could not install the stock client: {await said}");
    }
}
