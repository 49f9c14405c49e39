using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.Bench.Wires;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// The published host (compiled ahead), from its start until a message that was posted is delivered, on an empty folder and once more on the data of the first start; beside it a published program
/// that has nothing but an empty hub. Seconds from the start of the process, and processor time until the end.
/// </summary>
internal sealed class ColdStart : Workload
{
    public override string Name => "W6";
    public override string Title => "cold start of the published host, to the first delivered message";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var (ours, empty) = (Published.Program("host", "ChatGenius.Host"), Published.Program("bench/peers/empty", "ChatGenius.Bench.Empty"));
        // One start of each that does not count: the client compiles itself, too, and files that were never read come from the disk.
        using (var work = new WorkFolder())
        {
            await MeasureAsync("", "ChatGenius host", ours, work, OursAsync, null);
            await MeasureAsync("", "empty Kestrel and SignalR", empty, work, EmptyAsync, null);
        }
        for (var run = 0; run < effort.Runs; run++)
        {
            using var work = new WorkFolder();
            if (effort.Asks("ChatGenius host"))
                foreach (var data in (string[])["no data", "data of a start before"])
                    await MeasureAsync(data, "ChatGenius host", ours, work, OursAsync, report);
            if (effort.Asks("empty"))
                await MeasureAsync("no data", "empty Kestrel and SignalR", empty, work, EmptyAsync, report);
        }
    }

    static async Task MeasureAsync(string @case, string name, string program, WorkFolder work, Func<Uri, Action<string>, Task> use, Report? report)
    {
        var port = FreePort.Next();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var (began, figures) = (Stopwatch.GetTimestamp(), new List<(string, double)>());
        await using var process = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = ["--urls", address.ToString().TrimEnd('/')],
            LogFile = Path.Combine(Repository.Logs, $"{name}.log"),
            Environment = new Dictionary<string, string?> { ["ChatGenius__DataPath"] = work.Folder("data"), ["ASPNETCORE_ENVIRONMENT"] = null },
        });
        await ReadyAsync(address);
        Reached("ready, s");
        await use(address, Reached);
        figures.Add(("CPU s", new UsageMeter([new ServerPart(name, process.ProcessId)]).SinceStart.Total));
        report?.Add(@case, name, figures);
        await process.StopAsync(TimeSpan.FromSeconds(20));

        void Reached(string what) => figures.Add((what, Stopwatch.GetElapsedTime(began).TotalSeconds));
    }

    static async Task OursAsync(Uri address, Action<string> reached)
    {
        using var http = new HttpClient { BaseAddress = address };
        var people = new OurPeople(http);
        var user = await people.RegisterAsync();
        reached("registered and signed in, s");
        var channel = await people.CreateAsync(user, []);
        reached("channel made, s");
        var deliveries = new Deliveries();
        await using var wire = await HubWire.OpenAsync(address, user.Token, [channel], new Tally([0], 1, deliveries));
        reached("connected and synced, s");
        await using var sender = await OurSender.OpenAsync(address, user, [channel]);
        await sender.KnownAsync(0);
        await sender.SendAsync(0, Text());
        reached("acknowledged, s");
        await DeliveredAsync(deliveries);
        reached("delivered, s");
    }

    static async Task EmptyAsync(Uri address, Action<string> reached)
    {
        var (channel, deliveries) = (Guid.CreateVersion7(), new Deliveries());
        await using var wire = await StockWire.OpenAsync(address, new Tally([0], 1, deliveries));
        await wire.CallAsync("Join", $"[\"{channel}\"]");
        reached("connected and synced, s");
        await wire.CallAsync("Send", $"\"{channel}\",\"{channel}\",\"{channel}\",\"{Encoding.ASCII.GetString(Text())}\"");
        reached("acknowledged, s");
        await DeliveredAsync(deliveries);
        reached("delivered, s");
    }

    static byte[] Text()
    {
        var text = new byte[Marker.TextLength];
        new Marker(Stopwatch.GetTimestamp(), 1, 0, 0).Write(text);
        return text;
    }

    static async Task ReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(5))
        {
            try
            {
                using var answer = await http.GetAsync("health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(3))
            {
                // It does not listen yet.
            }
        }
    }

    static async Task DeliveredAsync(Deliveries deliveries)
    {
        for (var began = Stopwatch.GetTimestamp(); deliveries.Count == 0; await Task.Delay(1))
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
                throw new WrongResultException("The message was not delivered.");
    }
}
