using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ChatGenius.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>In Markdown.</summary>
    public static string Describe(TimeProvider time) => string.Create(CultureInfo.InvariantCulture, $"""
        - measured {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, load average {Load()}
        - {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}
        - {RuntimeInformation.FrameworkDescription}; Node {Version("node", "--version")}; {Version("redis-server", "--version")}

        """);

    /// <summary>The load average of the last minute, five and fifteen minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    static string Version(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim().Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "none";
        }
    }
}
