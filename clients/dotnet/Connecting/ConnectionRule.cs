using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

/// <summary>What follows the end of a line.</summary>
/// <param name="ComesBack">False when it would be refused again.</param>
/// <param name="RenewsFirst">The access token is of no more use.</param>
/// <param name="Wait">How long to wait before the next attempt.</param>
internal readonly record struct ComingBack(bool ComesBack, bool RenewsFirst, TimeSpan Wait);

/// <summary>The table of causes: what each way to lose a line leads to. Pure but for the jitter.</summary>
internal static class ConnectionRule
{
    /// <param name="closing">What the server said, if it said something.</param>
    /// <param name="failures">How many lines in a row ended before they were live.</param>
    public static ComingBack After(ConnectionCause cause, ConnectionClosing? closing, int failures, ChatClientOptions options)
    {
        if (closing is not null)
            return new(closing.Reconnect, closing.Code == CloseCode.Expired, TimeSpan.FromMilliseconds(closing.RetryAfterMs));
        return cause switch
        {
            ConnectionCause.SessionEnded or ConnectionCause.SignedOut => new(false, false, TimeSpan.Zero),
            ConnectionCause.Unauthenticated => new(true, true, BackOff.After(failures, options)),
            _ => new(true, false, BackOff.After(failures, options)),
        };
    }
}
