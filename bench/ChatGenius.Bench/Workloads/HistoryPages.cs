using System.Globalization;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.Bench.Wires;
using Npgsql;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// Pages of 50 messages from anywhere in the history of 100 channels, while 50 messages a second are written; beside them the bare query for the same rows, whose client's time counts as ours
/// does. The history is made in the database itself.
/// </summary>
internal sealed class HistoryPages(long? messages) : Workload
{
    const int Channels = 100, Senders = 20, Clients = 8, Page = 50;
    const double WritesPerSecond = 50;

    public override string Name => "W5";
    public override string Title => "history pages under writes";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var total = messages ?? (effort.Quick ? 200_000 : 10_000_000);
        if (total < Channels * 2 * Page)
            throw new InvalidOperationException($"--messages must be {Channels * 2 * Page} or more: each of {Channels} channels needs two pages.");
        foreach (var system in await effort.StartAsync(OurSystem.Distributed))
            await using (system)
            {
                var ours = (OurSystem)system;
                await using var scene = await system.OpenAsync(new SceneSize(Channels, Senders));
                await using var source = NpgsqlDataSource.Create(ours.DatabaseOf("messages"));
                var each = total / Channels;
                var ids = await FillAsync(scene, source, each);
                for (var run = 0; run < effort.Runs; run++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"{total:N0} messages");
                    var pages = await PagesAsync(ours, scene, each, run, effort);
                    report.Add(name, system.Name, [("µs CPU / page", pages.Usage.Total / pages.Done * 1e6), ("pages / s", pages.Done / pages.Usage.Elapsed), ("half: p50, ms", pages.Latency.Percentile(0.5)), ("half: p99, ms", pages.Latency.Percentile(0.99)), .. pages.Usage.Seconds.Select(part => (part.Key, part.Value / pages.Done * 1e6))]);
                    var bare = await BareAsync(ours, scene, source, ids, each, run, effort);
                    report.Add(name, "bare SQL", ("µs CPU / page", (bare.Usage.Total + bare.Own) / bare.Done * 1e6), ("pages / s", bare.Done / bare.Usage.Elapsed), ("half: p50, ms", bare.Latency.Percentile(0.5)), ("half: p99, ms", bare.Latency.Percentile(0.99)), ("postgres", bare.Usage.Total / bare.Done * 1e6), ("client", bare.Own / bare.Done * 1e6));
                }
            }
    }

    static async Task<Requests.Result> PagesAsync(OurSystem system, Scene scene, long each, int seed, Effort effort)
    {
        var (clients, wires) = (new List<Func<ValueTask>>(), new List<HttpWire>());
        for (var client = 0; client < Clients; client++)
        {
            var (sender, chance, wire) = (client % Senders, new Random(seed * 100 + client), await HttpWire.OpenAsync(system.Deployment.BaseAddress));
            var channels = scene.Size.ChannelsOf(sender);
            wires.Add(wire);
            clients.Add(async () =>
            {
                var request = ((OurSender)scene.Senders[sender]).PageRequest(channels[chance.Next(channels.Count)], $"before={chance.NextInt64(Page + 1, each)}&limit={Page}");
                var (status, answer) = await wire.ExchangeAsync(Encoding.ASCII.GetBytes(request));
                if (status != 200 || Count(answer.Span) != Page)
                    throw new WrongResultException($"A page was answered {status} with {Count(answer.Span)} messages.");
            });
        }
        var result = await UnderWritesAsync(system.Parts, scene, clients, effort);
        foreach (var wire in wires)
            await wire.DisposeAsync();
        return result;
    }

    static async Task<Requests.Result> BareAsync(OurSystem system, Scene scene, NpgsqlDataSource source, Guid[] channels, long each, int seed, Effort effort)
    {
        var (clients, connections) = (new List<Func<ValueTask>>(), new List<NpgsqlConnection>());
        for (var client = 0; client < Clients; client++)
        {
            var (chance, connection) = (new Random(seed * 100 + client), await source.OpenConnectionAsync());
            connections.Add(connection);
            var command = new NpgsqlCommand("select id, seq, revision, author_id, client_id, text, thread_id, reply_count, last_reply_at, mentions, reactions, pinned, created_at, edited_at, deleted from messages where channel_id = $1 and seq < $2 order by seq desc limit 50", connection);
            var (channel, before) = (new NpgsqlParameter<Guid>(), new NpgsqlParameter<long>());
            command.Parameters.Add(channel);
            command.Parameters.Add(before);
            await command.PrepareAsync();
            clients.Add(async () =>
            {
                (channel.TypedValue, before.TypedValue) = (channels[chance.Next(channels.Length)], chance.NextInt64(Page + 1, each));
                await using var rows = await command.ExecuteReaderAsync();
                var values = new object[15];
                var count = 0;
                while (await rows.ReadAsync())
                    count += rows.GetValues(values) / 15;
                if (count != Page)
                    throw new WrongResultException($"A query brought {count} messages.");
            });
        }
        var postgres = system.Parts.Where(part => part.Name == "postgres").ToList();
        var result = await UnderWritesAsync(postgres, scene, clients, effort);
        foreach (var connection in connections)
            await connection.DisposeAsync();
        return result;
    }

    // What the writes cost by themselves is measured first and taken off.
    static async Task<Requests.Result> UnderWritesAsync(IReadOnlyList<ServerPart> parts, Scene scene, IReadOnlyList<Func<ValueTask>> clients, Effort effort)
    {
        var load = Load.Open(scene, WritesPerSecond);
        await Task.Delay(effort.WarmUp);
        var (meter, own) = (new UsageMeter(parts), Environment.CpuUsage.TotalTime);
        await Task.Delay(effort.Lasts);
        var (writes, ownWrites) = (meter.Read(), (Environment.CpuUsage.TotalTime - own).TotalSeconds);
        var result = await Requests.MeasureAsync(parts, clients, effort.WarmUp, effort.Lasts);
        await load.ThrowIfFailedAsync();
        await load.StopAsync();
        var part = result.Usage.Elapsed / writes.Elapsed;
        return result with
        {
            Own = Math.Max(0, result.Own - ownWrites * part),
            Usage = result.Usage with { Seconds = result.Usage.Seconds.ToDictionary(used => used.Key, used => Math.Max(0, used.Value - writes.Seconds[used.Key] * part)) },
        };
    }

    // One message through the front door makes the feed's row; the others follow it as if they had been posted.
    static async Task<Guid[]> FillAsync(Scene scene, NpgsqlDataSource source, long each)
    {
        var text = new byte[Marker.TextLength];
        for (var channel = 0; channel < scene.Size.Channels; channel++)
        {
            var sender = scene.Size.SendersOf(channel).First();
            new Marker(0, scene.Ledger.NextId(), channel, sender).Write(text);
            await scene.Senders[sender].SendAsync(channel, text);
        }
        var channels = new List<Guid>();
        await using (var known = source.CreateCommand("select channel_id from messages where seq = 1"))
        await using (var rows = await known.ExecuteReaderAsync())
            while (await rows.ReadAsync())
                channels.Add(rows.GetGuid(0));
        Console.Error.WriteLine($"   filling {channels.Count} channels with {each} messages each");
        foreach (var channel in channels)
        {
            await using var fill = source.CreateCommand(
                """
                insert into messages (id, channel_id, seq, revision, author_id, client_id, body_hash, text, reply_count, mentions, reactions, pinned, created_at, deleted)
                select gen_random_uuid(), channel_id, n, n, author_id, gen_random_uuid(), body_hash, repeat('history ', 12) || n, 0, '[]', '[]', false, created_at + n * 10000, false
                from messages, generate_series(2, $2) n where channel_id = $1 and seq = 1
                """);
            fill.CommandTimeout = 0;
            fill.Parameters.AddWithValue(channel);
            fill.Parameters.AddWithValue(each);
            await fill.ExecuteNonQueryAsync();
            await using var head = source.CreateCommand("update feeds set head = $2, last_seq = $2 where id = $1");
            head.Parameters.AddWithValue($"channels/{channel}/messages");
            head.Parameters.AddWithValue(each);
            await head.ExecuteNonQueryAsync();
        }
        await using var analyze = source.CreateCommand("vacuum analyze messages");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync();
        return [.. channels];
    }

    static int Count(ReadOnlySpan<byte> answer) => System.MemoryExtensions.Count(answer, "\"seq\":"u8);
}
