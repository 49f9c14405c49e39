namespace ChatGenius.Client;

/// <summary>How a feed is taken.</summary>
public enum FeedMode
{
    /// <summary>Whole, every change as it happens.</summary>
    Live,

    /// <summary>Its head alone, at most once a second: <see cref="FeedView.Head"/>, for what is not on screen.</summary>
    Heads,

    /// <summary>Changes as they happen, but no snapshot: for big feeds, of which single entities are fetched and put in with <see cref="FeedView.TryPut"/>.</summary>
    Partial,
}

/// <summary>How a feed's last sync ended.</summary>
public enum Continuity
{
    /// <summary>It was not synced yet.</summary>
    Unknown,

    /// <summary>Everything since the position came; nothing is missing.</summary>
    Continued,

    /// <summary>What was held was dropped for a newer snapshot.</summary>
    Reset,

    /// <summary>The feed may not be read, or does not exist.</summary>
    Denied,
}
