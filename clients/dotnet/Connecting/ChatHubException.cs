namespace ChatGenius.Client;

/// <summary>A refusal by the hub.</summary>
/// <param name="code">The stable code; see <c>GET /api/v1/errors</c>. Empty when the hub gave none.</param>
/// <param name="detail">What is wrong.</param>
public sealed class ChatHubException(string code, string detail) : Exception($"{code}: {detail}")
{
    public string Code => code;
    public string Detail => detail;

    /// <summary>Reads <c>code: text</c> out of what SignalR made of it (<c>… HubException: code: text</c>).</summary>
    internal static ChatHubException Parse(string message)
    {
        const string Marker = "HubException: ";
        var said = message.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? message[(at + Marker.Length)..] : message;
        return said.Split(": ", 2) is [var code, var detail] && code.Length > 0 && code.All(c => char.IsAsciiLetterLower(c) || c == '_') ? new(code, detail) : new("", said);
    }
}
