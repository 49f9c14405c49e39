namespace ChatGenius.Hosting.Problems;

/// <summary>A refusal with a stable code; the edge of the service turns it into problem details.</summary>
public sealed class ProblemException : Exception
{
    /// <param name="error">What of the catalogue it is.</param>
    /// <param name="detail">What is wrong here and what to do, for people; null takes the catalogue's remedy.</param>
    /// <param name="errors">For validation: what is wrong with each field.</param>
    /// <param name="retryAfter">How long to wait before trying again.</param>
    public ProblemException(ErrorCode error, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null, TimeSpan? retryAfter = null)
        : base($"{error.Code}: {detail ?? error.Remedy}")
    {
        Error = error;
        Detail = detail ?? error.Remedy;
        Errors = errors;
        RetryAfter = retryAfter ?? (error.Status is 503 ? TimeSpan.FromSeconds(1) : null);
    }

    public ErrorCode Error { get; }
    public string Detail { get; }
    public IReadOnlyDictionary<string, string[]>? Errors { get; }
    public TimeSpan? RetryAfter { get; }

    /// <summary>A validation problem of one field.</summary>
    public static ProblemException Field(string field, string message) =>
        new(ErrorCodes.Invalid, $"{field}: {message}", new Dictionary<string, string[]> { [field] = [message] });
}
