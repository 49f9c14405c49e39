namespace ChatGenius.FaultTests.Crowds;

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="Name">What, for messages.</param>
/// <param name="Begin">Makes it so.</param>
/// <param name="Heal">Ends it; when this completes everything runs again.</param>
/// <param name="Lasts">Between the two.</param>
internal sealed record Fault(string Name, Func<Task> Begin, Func<Task> Heal, TimeSpan Lasts);
