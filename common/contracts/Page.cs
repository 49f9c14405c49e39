namespace ChatGenius.Contracts;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The kind of item.</typeparam>
public sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }
}
