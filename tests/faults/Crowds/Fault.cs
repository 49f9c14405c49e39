namespace ChatGenius.FaultTests.Crowds;

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="Kind">Faults of one kind may be had at the same time: healing one heals no other.</param>
/// <param name="Name">What, for messages.</param>
/// <param name="Begin">Makes it so.</param>
/// <param name="Heal">Ends it; when this completes everything runs again.</param>
/// <param name="Lasts">Between the two.</param>
internal sealed record Fault(FaultKind Kind, string Name, Func<Task> Begin, Func<Task> Heal, TimeSpan Lasts)
{
    /// <summary>Several at the same time.</summary>
    public static Fault Together(IReadOnlyList<Fault> faults) => faults is [var one] ? one : new(
        faults[0].Kind,
        string.Join("; ", faults.Select(fault => fault.Name)),
        () => Task.WhenAll(faults.Select(fault => fault.Begin())),
        () => Task.WhenAll(faults.Select(fault => fault.Heal())),
        faults.Max(fault => fault.Lasts));
}

/// <summary>The kinds of fault.</summary>
internal enum FaultKind
{
    /// <summary>A server or a service dies and is started again.</summary>
    Death,

    /// <summary>A process stands still, or what it holds is thrown away.</summary>
    Pause,

    /// <summary>Links are cut in the middle of what they carry.</summary>
    Cut,

    /// <summary>Links do something else that they should not.</summary>
    Link,
}
