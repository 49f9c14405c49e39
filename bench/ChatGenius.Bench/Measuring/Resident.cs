using System.Globalization;

namespace ChatGenius.Bench.Measuring;

/// <summary>Memory of processes.</summary>
internal static class Resident
{
    /// <summary>Resident bytes of a process alone; 0 when it is gone.</summary>
    public static long Bytes(int processId)
    {
        var status = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status";
        return File.Exists(status) && File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024
            : 0;
    }

    /// <summary>Resident bytes of the first processes of parts; what PostgreSQL's children share would count many times.</summary>
    public static long Bytes(IEnumerable<ServerPart> parts) => parts.Sum(part => Bytes(part.ProcessId));
}
