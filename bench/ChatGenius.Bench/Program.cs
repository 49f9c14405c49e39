using System.Globalization;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.Bench.Workloads;
using ChatGenius.TestSupport;

// bench/run says what the arguments are.
string[] valued = ["--runs", "--warm-up", "--lasts", "--only", "--variant", "--messages", "--users", "--seconds"];
var quick = args.Contains("--quick");
var effort = new Effort(
    Runs: Number("--runs", quick ? 2 : 3), WarmUp: TimeSpan.FromSeconds(Number("--warm-up", quick ? 8 : 15)), Lasts: TimeSpan.FromSeconds(Number("--lasts", quick ? 8 : 15)), Quick: quick,
    Only: Text("--only") is { } only ? only.Split(',') : [], Variants: [.. args.Zip(args.Skip(1)).Where(pair => pair.First == "--variant").Select(pair => Variant.Parse(pair.Second))]);
Workload[] all = [new DurableSends(), new FanOut(), new IdleConnections(), new ReconnectStorm(), new ColdStart(), new GatewayCost(), new HistoryPages(Given("--messages")), new WholeProduct(Given("--users"), Given("--seconds"))];
var asked = args.Where(argument => argument.StartsWith('W')).ToList();
// A value follows its option.
var unknown = args.Where((argument, at) => at == 0 || !valued.Contains(args[at - 1])).Except(all.Select(workload => workload.Name)).Except(valued).Except(["--quick"]).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no {string.Join(", ", unknown)}; there are --quick, {string.Join(", ", valued)}, {string.Join(", ", all.Select(workload => workload.Name))}. The head of bench/run says what they do.");
    return 2;
}

var text = Machine.Describe(TimeProvider.System);
var failures = 0;
foreach (var workload in all.Where(workload => asked.Count == 0 || asked.Contains(workload.Name)))
{
    Console.Error.WriteLine($"== {workload.Name}: {workload.Title}; load average {Machine.Load()}");
    var report = new Report($"{workload.Name}: {workload.Title}");
    try
    {
        await workload.RunAsync(effort, report);
    }
    catch (Exception failure) when (failure is not OutOfMemoryException)
    {
        failures++;
        report.Note($"**Failed:** {failure.Message}");
        Console.Error.WriteLine(failure);
    }
    text += "\n" + report.ToMarkdown() + $"Load average at its end: {Machine.Load()}.\n";
    var folder = Directory.CreateDirectory(Repository.Path("artifacts/bench")).FullName;
    await File.WriteAllTextAsync(Path.Combine(folder, $"{workload.Name}.md"), text);
    await File.WriteAllTextAsync(Path.Combine(folder, "latest.md"), text);
    if (report.ToPlot() is { } plot)
        await File.WriteAllTextAsync(Path.Combine(folder, $"{workload.Name}.svg"), plot);
}
Console.WriteLine(text);
return failures;

int Number(string name, int otherwise) => Given(name) ?? otherwise;

int? Given(string name) => Text(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

string? Text(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
