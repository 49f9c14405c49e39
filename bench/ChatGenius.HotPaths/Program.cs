using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ChatGenius.HotPaths;
using ChatGenius.TestSupport;

// dotnet ChatGenius.HotPaths.dll [FILE]: says how many bytes each operation of a hot path allocates, and writes it to the file as a JSON object of names and numbers.

// One call does the operation often enough; warm-up fills what is made once. Times are taken, too, and mean nothing.
var job = Job.Dry.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithInvocationCount(1).WithUnrollFactor(1);
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddLogger(ConsoleLogger.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .WithArtifactsPath(Repository.Path("artifacts/hot-paths"))
    .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);

var summary = BenchmarkRunner.Run<Paths>(config);
var lost = summary.BenchmarksCases.Except(summary.Reports.Where(report => report.Success).Select(report => report.BenchmarkCase)).Select(path => path.Descriptor.WorkloadMethod.Name).ToList();
if (lost.Count > 0 || summary.Reports.IsEmpty)
{
    Console.Error.WriteLine($"Not counted, for the reason above: {string.Join(", ", lost)}");
    return 1;
}

// Rounded to whole bytes: what the process allocates beside an operation is no part of it.
var bytes = summary.Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));
foreach (var (name, each) in bytes)
    Console.WriteLine($"{name}: {each} bytes for each");
if (args is [var file])
    await File.WriteAllTextAsync(file, JsonSerializer.Serialize(bytes));
return 0;
