using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>PostgreSQL refuses to run as root; under root it runs as <c>postgres</c>, or as <c>nobody</c> where there is no such user.</summary>
static class Unprivileged
{
    static readonly string? User = Environment.IsPrivilegedProcess ? Known("postgres") ? "postgres" : "nobody" : null;

    /// <summary>The plan, as that user.</summary>
    public static ProcessPlan Plan(ProcessPlan plan) =>
        User is null ? plan : plan with { Program = "setpriv", Arguments = ["--reuid", User, "--regid", Group, "--clear-groups", "--", plan.Program, .. plan.Arguments] };

    /// <summary>Makes that user the owner of a folder and all in it.</summary>
    public static async Task GiveAsync(string folder, CancellationToken cancel)
    {
        if (User is null)
            return;
        await using var process = await KeptProcess.StartAsync(new ProcessPlan { Program = "chown", Arguments = ["-R", User, folder], LogFile = "/dev/null" }, cancel);
        if (await process.WaitAsync(cancel) != 0)
            throw new ServersMissingException($"Could not give {folder} to {User}.");
    }

    static string Group => User == "nobody" ? "nogroup" : User!;

    static bool Known(string user) => File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ':', StringComparison.Ordinal));
}
