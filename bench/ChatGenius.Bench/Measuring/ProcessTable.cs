using System.Globalization;

namespace ChatGenius.Bench.Measuring;

/// <summary>The processes of the machine at one moment, from <c>/proc</c>.</summary>
internal sealed class ProcessTable
{
    /// <summary>Ticks in a second, as Linux reports processor time to programs on every architecture.</summary>
    const double TicksPerSecond = 100;

    readonly Dictionary<int, (int Parent, long Ticks)> _processes = [];
    readonly ILookup<int, int> _children;

    ProcessTable(Dictionary<int, (int Parent, long Ticks)> processes) =>
        (_processes, _children) = (processes, processes.ToLookup(process => process.Value.Parent, process => process.Key));

    /// <summary>Reads all of them.</summary>
    public static ProcessTable Read()
    {
        var processes = new Dictionary<int, (int Parent, long Ticks)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Fields(id) is { } fields)
                processes[id] = (int.Parse(fields[1], CultureInfo.InvariantCulture), Ticks(fields));
        return new ProcessTable(processes);
    }

    /// <summary>Seconds of processor time, user and system, of a process and its children, those included that ended and were waited for.</summary>
    public double Seconds(int root) => Tree(root).Sum(id => _processes[id].Ticks) / TicksPerSecond;

    /// <summary>A process and all that descend from it.</summary>
    public IEnumerable<int> Tree(int root) => _processes.ContainsKey(root) ? _children[root].SelectMany(Tree).Prepend(root) : [];

    // From the third field on: the second is the program's name, which may hold anything.
    static string[]? Fields(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    // User, system, and the same of children that were waited for.
    static long Ticks(string[] fields) => Enumerable.Range(11, 4).Sum(i => long.Parse(fields[i], CultureInfo.InvariantCulture));
}
