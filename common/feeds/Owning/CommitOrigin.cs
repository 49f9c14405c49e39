namespace ChatGenius.Feeds.Owning;

/// <summary>When and by what a commit was made, for those who watch how long it takes until readers have it. What is delivered never depends on it.</summary>
/// <param name="At">When the commit was there; null when nobody knows.</param>
/// <param name="Trace">The W3C trace parent of what committed; null when nobody traces.</param>
public readonly record struct CommitOrigin(DateTimeOffset? At, string? Trace);
