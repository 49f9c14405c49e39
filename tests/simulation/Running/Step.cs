namespace ChatGenius.SimulationTests.Running;

/// <summary>What a step does.</summary>
internal enum Act
{
    Post,
    Edit,
    Delete,
    React,
    Older,
    Remove,
    RemoveThenPost,
    Join,
    CutLine,
    Stall,
    Revoke,
    KillInstance,
    KillAtPoint,
    Drain,
    CutNetwork,
    LossyNetwork,
    BrokerAway,
    BusDropsAll,
    LossyBus,
    SlowBus,
    CacheAway,
    CacheDropsAll,
    LossyCache,
    DatabaseAway,
    Backup,
    Restore,
    Upgrade,
}

/// <summary>One step of a schedule.</summary>
/// <param name="At">When, in milliseconds.</param>
/// <param name="What">What happens.</param>
/// <param name="A">Whom it concerns, or where: a number that each act reads in its own way.</param>
/// <param name="B">Another such number.</param>
/// <param name="Lasts">How long, in milliseconds, for what ends again.</param>
internal sealed record Step(int At, Act What, int A, int B, int Lasts)
{
    public override string ToString() => $"{At,6} ms  {What} {A} {B}{(Lasts > 0 ? $" for {Lasts} ms" : "")}";
}
