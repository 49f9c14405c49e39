namespace ChatGenius.Hosting.Administration;

/// <summary>What an operator may ask of a process on its command line, instead of running it.</summary>
/// <param name="Words">What it is called by, as in <c>user create</c>.</param>
/// <param name="Arguments">What follows, as help shows it: <c>NAME [--admin]</c>.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="RunAsync">Does it. What it refuses is a <see cref="Problems.ProblemException"/>, or an <see cref="AdminException"/>.</param>
public sealed record AdminCommand(string Words, string Arguments, string Summary, Func<IServiceProvider, AdminCall, CancellationToken, Task> RunAsync)
{
    /// <summary>How many words must follow.</summary>
    public int Operands => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(a => !a.StartsWith('['));

    /// <summary>The options it knows, as in <c>--admin</c>.</summary>
    public IReadOnlyList<string> Options => [.. Arguments.Split(' ').Where(a => a.StartsWith("[--", StringComparison.Ordinal)).Select(a => a.Trim('[', ']').Split('=')[0])];
}

/// <summary>A command as it was given.</summary>
/// <param name="operands">The words after its name.</param>
/// <param name="options">Its options with their values; null for those without.</param>
/// <param name="input">Where secrets are read from.</param>
/// <param name="output">Where answers go.</param>
public sealed class AdminCall(IReadOnlyList<string> operands, IReadOnlyDictionary<string, string?> options, SecretInput input, TextWriter output)
{
    /// <summary>The word at a place.</summary>
    public string this[int place] => operands[place];

    /// <summary>Where answers go.</summary>
    public TextWriter Output => output;

    /// <summary>True when the option was given.</summary>
    public bool Has(string option) => options.ContainsKey(option);

    /// <summary>The value of an option; null when it was not given.</summary>
    public string? Value(string option) => options.GetValueOrDefault(option);

    /// <summary>Asks for a secret: without echo at a terminal, else a line of the standard input.</summary>
    /// <exception cref="AdminException">There is none.</exception>
    public string AskSecret(string what) => input.Ask(what);
}

/// <summary>A command cannot be done; the message says why and what to do.</summary>
public sealed class AdminException(string message) : Exception(message);
