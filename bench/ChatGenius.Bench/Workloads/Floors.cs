using System.Diagnostics;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.TestSupport.Servers;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;

namespace ChatGenius.Bench.Workloads;

/// <summary>What durability and the bus cost by themselves: rows committed one by one and 64 at a time, and messages published with confirms. The cost is the server's; the client is this process.</summary>
internal static class Floors
{
    const int Rows = 64;

    public static async Task MeasureAsync(Effort effort, Report report)
    {
        if (effort.Only.Count > 0)
            return;
        await using var servers = await TestServers.StartAsync(flushes: true);
        var builder = new NpgsqlConnectionStringBuilder(await servers.Postgres.CreateDatabaseAsync("floor")) { MaxPoolSize = Rows };
        await using var source = NpgsqlDataSource.Create(builder);
        await using (var table = source.CreateCommand("create table rows (id uuid primary key, channel uuid not null, seq bigserial, body text not null, at timestamptz not null default now())"))
            await table.ExecuteNonQueryAsync();
        for (var run = 0; run < effort.Runs; run++)
        {
            await OfPostgresAsync(servers, source, effort, report, "floor: one row a commit", Rows, 1);
            await OfPostgresAsync(servers, source, effort, report, "floor: 64 rows a commit", 1, Rows);
            await OfRabbitMqAsync(servers, effort, report);
        }
    }

    static async Task OfPostgresAsync(TestServers servers, NpgsqlDataSource source, Effort effort, Report report, string name, int clients, int rows)
    {
        await using var flushes = await Flushes.WatchAsync(servers.Postgres.ConnectionString);
        var meter = new UsageMeter([new ServerPart("postgres", servers.Postgres.ProcessId!.Value)]);
        var (began, text, channel) = (Stopwatch.GetTimestamp(), new string('.', Marker.TextLength), Guid.CreateVersion7());
        var commits = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("insert into rows (id, channel, body) select id, $2, body from unnest($1, $3) as r (id, body)", connection);
            var (ids, bodies) = (new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            foreach (var parameter in (NpgsqlParameter[])[ids, new NpgsqlParameter { Value = channel }, bodies])
                command.Parameters.Add(parameter);
            bodies.Value = Enumerable.Repeat(text, rows).ToArray();
            ids.Value = Array.Empty<Guid>();
            await command.PrepareAsync();
            long done = 0;
            for (; Stopwatch.GetElapsedTime(began) < effort.Lasts; done++)
            {
                ids.Value = Enumerable.Range(0, rows).Select(_ => Guid.CreateVersion7()).ToArray();
                await command.ExecuteNonQueryAsync();
            }
            return done;
        }));
        var (usage, sent) = (meter.Read(), commits.Sum() * rows);
        report.Add(name, "Npgsql", ("sends / CPU s", sent / usage.Total), ("µs / send", usage.Total / sent * 1e6), ("sends / s", sent / usage.Elapsed), ("flushes / send", (double)await flushes.SinceAsync() / sent));
    }

    static async Task OfRabbitMqAsync(TestServers servers, Effort effort, Report report)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(servers.RabbitMq.ConnectionString) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        var body = Encoding.ASCII.GetBytes(new string('.', 600));
        var meter = new UsageMeter([new ServerPart("rabbitmq", servers.RabbitMq.ProcessId!.Value)]);
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        for (var pending = new Queue<ValueTask>(); pending.Count > 0 || Stopwatch.GetElapsedTime(began) < effort.Lasts;)
        {
            if (pending.Count == 256 || Stopwatch.GetElapsedTime(began) >= effort.Lasts)
                await pending.Dequeue();
            if (Stopwatch.GetElapsedTime(began) >= effort.Lasts)
                continue;
            pending.Enqueue(channel.BasicPublishAsync("", queue, mandatory: false, new BasicProperties { DeliveryMode = DeliveryModes.Transient }, body));
            sent++;
        }
        var usage = meter.Read();
        report.Add("floor: publish, 600 bytes, confirmed", "RabbitMQ.Client", ("sends / CPU s", sent / usage.Total), ("µs / send", usage.Total / sent * 1e6), ("sends / s", sent / usage.Elapsed));
        await channel.QueueDeleteAsync(queue);
    }
}
