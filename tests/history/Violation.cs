namespace ChatGenius.Histories;

/// <summary>Something that must never be and was.</summary>
/// <param name="Invariant">Its number: 1 commit order, 2 no loss, 3 no double, 4 order, 5 durable, 6 equivalence, 7 fence, 8 convergence, 9 honest continuity, 10 authentication.</param>
/// <param name="What">What was found.</param>
/// <param name="At">When, where that is known.</param>
public sealed record Violation(int Invariant, string What, string? Feed = null, string? Client = null, long? At = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"[{Invariant}] {What}{(Feed is null ? "" : $" · {Feed}")}{(Client is null ? "" : $" · client {Client}")}{(At is null ? "" : $" · at {At} ms")}";
}
