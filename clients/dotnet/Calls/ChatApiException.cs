using System.Net;

namespace ChatGenius.Client;

/// <summary>A refusal by the server.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The stable code; see <c>GET /api/v1/errors</c>. Empty when the answer was none of ChatGenius's.</param>
/// <param name="detail">What is wrong and what to do.</param>
/// <param name="retryAfter">How long to wait, when the server said so.</param>
public sealed class ChatApiException(HttpStatusCode status, string code, string detail, TimeSpan? retryAfter)
    : Exception($"{(int)status} {code}: {detail}")
{
    public HttpStatusCode Status => status;
    public string Code => code;
    public string Detail => detail;
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsPassing => (int)status is 408 or 429 or >= 500;
}
