using System.Data.Common;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Administration;

/// <summary>The commands of a process, and their help. What is no command is left to the process itself.</summary>
/// <param name="program">What help calls it, as in <c>dotnet run --project host --</c>.</param>
/// <param name="modules">What runs in the process.</param>
/// <param name="build">Builds the process from settings.</param>
/// <param name="others">Other things that its arguments may be, as help shows them.</param>
public sealed class CommandLine(string program, IReadOnlyList<Module> modules, Func<string[], Action<WebApplicationBuilder>, WebApplication> build, params (string Words, string Summary)[] others)
{
    const string DoctorWord = "doctor";
    static readonly string[] s_help = ["help", "--help", "-h", "-?"];

    readonly List<AdminCommand> _commands = [.. modules.SelectMany(m => m.Commands)];

    /// <summary>Runs the command that the arguments begin with.</summary>
    /// <returns>The exit code: 0 when it was done, 1 when it was refused or failed, 2 when it was not understood; null when there is no command.</returns>
    public Task<int?> RunAsync(string[] args, CancellationToken cancellation = default) => RunAsync(args, new SecretInput(), Console.Out, Console.Error, cancellation);

    /// <inheritdoc cref="RunAsync(string[],CancellationToken)"/>
    public async Task<int?> RunAsync(string[] args, SecretInput input, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = args.TakeWhile(a => !a.StartsWith('-')).ToArray();
        if (args.Intersect(s_help).Any())
        {
            await output.WriteAsync(Help());
            return 0;
        }
        if (words.Length == 0)
            return null;
        if (words is [DoctorWord])
            return await new Examination(settings => build(settings, Quiet), output).RunAsync(args[1..], cancellation) ? 0 : 1;
        if (_commands.FirstOrDefault(c => IsCalled(c, words)) is not { } command)
        {
            await error.WriteAsync($"There is no command `{string.Join(' ', words)}`.{Environment.NewLine}{Help()}");
            return 2;
        }
        if (args.Any(a => a.StartsWith("--password", StringComparison.OrdinalIgnoreCase)))
        {
            await error.WriteLineAsync("Passwords are not taken from arguments, which others on this machine can see. Leave it out: it is asked for, or read from the standard input.");
            return 2;
        }
        var (options, settings) = Split(command, args[words.Length..]);
        var call = new AdminCall(words[command.Words.Split(' ').Length..], options, input, output);
        try
        {
            await using var app = build(settings, Quiet);
            foreach (var database in app.Services.GetServices<IDatabaseStart>())
                await database.ReachAsync(cancellation);
            await command.RunAsync(app.Services, call, cancellation);
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            await error.WriteLineAsync(string.Join(' ', wrong.Failures));
        }
        catch (Exception refused) when (refused is ProblemException or AdminException or DbException or IOException)
        {
            await error.WriteLineAsync(refused.Message);
        }
        return 1;
    }

    static bool IsCalled(AdminCommand command, string[] words)
    {
        var name = command.Words.Split(' ');
        return words.Take(name.Length).SequenceEqual(name) && words.Length - name.Length == command.Operands;
    }

    // What is no option of the command is a setting of the process.
    static (Dictionary<string, string?> Options, string[] Settings) Split(AdminCommand command, string[] args)
    {
        var own = args.Where(a => command.Options.Contains(a.Split('=')[0])).ToArray();
        return (own.ToDictionary(a => a.Split('=')[0], a => a.Contains('=', StringComparison.Ordinal) ? a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..] : null), [.. args.Except(own)]);
    }

    // What becomes of a command is its answer; what the parts of a process say of themselves would only hide it.
    static void Quiet(WebApplicationBuilder builder) => builder.Logging.ClearProviders();

    string Help()
    {
        List<(string Left, string Right)> lines = [("[SETTING ...]", "run it, until Ctrl-C"), .. others, (DoctorWord, "look at settings, connections, clocks, migrations, queues, keys and disk, and say what to do")];
        lines.AddRange(_commands.Select(c => ($"{c.Words} {c.Arguments}".TrimEnd(), c.Summary)));
        var width = lines.Max(l => l.Left.Length);
        return $"""
            Usage: {program} ...

            {string.Join(Environment.NewLine, lines.Select(l => $"  {l.Left.PadRight(width)}  {l.Right}"))}

            Settings are --urls=http://127.0.0.1:8080 or as in --ChatGenius:DataPath=/var/lib/chatgenius; environment variables do the same (ChatGenius__DataPath).
            docs/configuration.md lists them all. Passwords are asked for, or read from the standard input.
            Commands work while the server runs: connected clients see what they change within {FollowSeconds} seconds. Exit code: 0 done, 1 refused or failed, 2 not understood.

            """;
    }

    static int FollowSeconds => (int)new Settings.ChatGeniusSettings().FollowInterval.TotalSeconds;
}
