using System.Diagnostics;

namespace ChatGenius.Bench.Measuring;

/// <summary>Processor time that the parts of a system used in a window.</summary>
/// <param name="Seconds">By part, user and system together.</param>
/// <param name="Elapsed">How long the window was, in seconds.</param>
internal sealed record Usage(IReadOnlyDictionary<string, double> Seconds, double Elapsed)
{
    /// <summary>Of all parts.</summary>
    public double Total => Seconds.Values.Sum();
}

/// <summary>Measures the processor time of a system's parts from now on.</summary>
internal sealed class UsageMeter
{
    readonly IReadOnlyList<ServerPart> _parts;
    readonly Dictionary<string, double> _before;
    readonly long _began = Stopwatch.GetTimestamp();

    public UsageMeter(IReadOnlyList<ServerPart> parts) => (_parts, _before) = (parts, Read(parts));

    /// <summary>What was used since.</summary>
    public Usage Read()
    {
        var elapsed = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        return new Usage(Read(_parts).ToDictionary(part => part.Key, part => part.Value - _before[part.Key]), elapsed);
    }

    /// <summary>What the parts have used since they were started.</summary>
    public Usage SinceStart => new(_before, 0);

    static Dictionary<string, double> Read(IReadOnlyList<ServerPart> parts)
    {
        var table = ProcessTable.Read();
        return parts.ToDictionary(part => part.Name, part => table.Seconds(part.ProcessId));
    }
}
