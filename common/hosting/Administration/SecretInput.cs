using System.Text;

namespace ChatGenius.Hosting.Administration;

/// <summary>Reads secrets, which never stand in arguments: those are seen by everyone on the machine and kept in histories.</summary>
public sealed class SecretInput
{
    readonly TextReader? _given;

    /// <param name="given">Read from this; null for the console.</param>
    public SecretInput(TextReader? given = null) => _given = given;

    /// <summary>Asks twice without echo at a terminal, else takes a line of the standard input.</summary>
    public string Ask(string what)
    {
        if (_given is not null || Console.IsInputRedirected)
            return (_given ?? Console.In).ReadLine() is { Length: > 0 } line ? line : throw new AdminException($"{what}: nothing came on the standard input. Pipe it in, or run this at a terminal.");
        var first = Typed($"{what}: ");
        return first == Typed("Once more: ") ? first : throw new AdminException("The two are not the same; nothing was changed.");
    }

    static string Typed(string prompt)
    {
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
            if (key.Key != ConsoleKey.Backspace)
                text.Append(key.KeyChar);
            else if (text.Length > 0)
                text.Length--;
        Console.Error.WriteLine();
        return text.ToString();
    }
}
