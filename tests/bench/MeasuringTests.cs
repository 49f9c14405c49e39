using System.Diagnostics;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.TestSupport.Waiting;
using Xunit;

namespace ChatGenius.BenchTests;

public sealed class MeasuringTests
{
    [Fact]
    public void Histogram_TellsPercentilesToTwoPercent()
    {
        var (histogram, now) = (new Histogram(), Stopwatch.GetTimestamp());
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
            histogram.Since(now - milliseconds * Stopwatch.Frequency / 1000);

        // What the test itself took is in each of them.
        var took = Stopwatch.GetElapsedTime(now).TotalMilliseconds;
        Assert.InRange(histogram.Percentile(0.5), 500 * 0.98, 500 * 1.02 + took);
        Assert.InRange(histogram.Percentile(0.99), 990 * 0.98, 990 * 1.02 + took);
        Assert.Equal(1000, histogram.Count);
    }

    [Fact]
    public void Marker_IsFoundInAnyFrame()
    {
        var (text, marker) = (new byte[Marker.TextLength], new Marker(0x1234_5678_9abc_def0, 77, 999, 63));
        marker.Write(text);
        ReadOnlySpan<byte> frame = Encoding.ASCII.GetBytes($"42[\"message\",{{\"body\":\"{Encoding.ASCII.GetString(text)}\"}}, {{\"body\":\"{Encoding.ASCII.GetString(text)}\"}}]");

        Assert.True(Marker.TryTake(ref frame, out var first));
        Assert.True(Marker.TryTake(ref frame, out var second));
        Assert.False(Marker.TryTake(ref frame, out _));
        Assert.Equal((marker, marker), (first, second));
    }

    [Fact]
    public async Task Usage_CountsChildrenThatEnded()
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", "bash -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; read -r _"]) { RedirectStandardInput = true })!;
        await Eventually.True(() => ProcessTable.Read() is var table && table.Seconds(shell.Id) >= 0.02 && table.Tree(shell.Id).Count() == 1, within: TimeSpan.FromSeconds(60));
        await shell.StandardInput.WriteLineAsync();
        await shell.WaitForExitAsync();
    }

    [Fact]
    public void Plot_DrawsEachSystemThatHasCasesOfTwoSizes()
    {
        var report = new Report("W0: nothing");
        report.Add("N = 100", "ours", ("µs / delivery", 8));
        Assert.Null(report.ToPlot());
        report.Add("N = 1,000", "ours", ("µs / delivery", 6));
        report.Add("N = 100", "theirs & others", ("µs / delivery", 20));
        report.Add("N = 1,000", "theirs & others", ("µs / delivery", 20));
        report.Add("floor: 64 at once", "the disk", ("µs / delivery", 0.1));

        var plot = System.Xml.Linq.XElement.Parse(report.ToPlot()!);
        Assert.Equal(2, plot.Elements().Count(element => element.Name.LocalName == "polyline"));
        Assert.Contains(plot.Elements(), element => element.Value == "theirs & others");
        Assert.DoesNotContain(plot.Elements(), element => element.Value is "the disk" or "0.1");
    }

    [Fact]
    public void Plot_OfSizesThatAreNearlyTheSame_SaysTheLargest()
    {
        var report = new Report("W0: nothing");
        foreach (var size in (string[])["N = 100", "N = 1,000", "N = 990"])
            report.Add(size, "ours", ("µs / delivery", 8));

        var plot = System.Xml.Linq.XElement.Parse(report.ToPlot()!);
        Assert.Contains(plot.Elements(), element => element.Value == "100");
        Assert.Contains(plot.Elements(), element => element.Value == "1,000");
        Assert.DoesNotContain(plot.Elements(), element => element.Value == "990");
    }

    [Fact]
    public void Report_TellsMediansAndRanges()
    {
        var report = new Report("W0: nothing");
        foreach (var value in (double[])[3, 1, 2])
            report.Add("a case", "a system", ("µs", value));

        Assert.Contains("| a case | a system | 2.00 (1.00–3.00) | 3 |", report.ToMarkdown(), StringComparison.Ordinal);
    }
}
