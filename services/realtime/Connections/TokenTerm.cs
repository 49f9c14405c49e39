namespace ChatGenius.Realtime.Connections;

/// <summary>What a connection's token asks for now.</summary>
internal enum TokenNeed
{
    Nothing,

    /// <summary>Tell the client that it ends soon.</summary>
    Notice,

    /// <summary>It has ended, and the grace too: close the connection.</summary>
    Close,
}

/// <summary>How long a connection may live by its token. Pure.</summary>
/// <param name="ExpiresAt">When the token ends.</param>
/// <param name="WasTold">True when the client was told.</param>
internal readonly record struct TokenTerm(DateTimeOffset ExpiresAt, bool WasTold = false)
{
    /// <summary>What is needed at a time.</summary>
    public TokenNeed At(DateTimeOffset now, RealtimeSettings settings) =>
        ExpiresAt - now < -settings.ExpiryGrace ? TokenNeed.Close
        : ExpiresAt - now < settings.ExpiryNotice && !WasTold ? TokenNeed.Notice
        : TokenNeed.Nothing;
}
