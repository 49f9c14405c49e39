namespace ChatGenius.Bench.Measuring;

/// <summary>A part of a system under load.</summary>
/// <param name="Name">As tables call it.</param>
/// <param name="ProcessId">Its first process; the children of that count, too.</param>
internal sealed record ServerPart(string Name, int ProcessId);
