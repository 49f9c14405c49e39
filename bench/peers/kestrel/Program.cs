using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;

// One room. A text that comes is inserted, then sent to every other connection as it is: no names, no groups, no protocol.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
await using var source = NpgsqlDataSource.Create(builder.Configuration["Database"]!);
await using (var table = source.CreateCommand(
    "create table if not exists messages (id bigserial primary key, channel_id uuid not null, author_id uuid not null, client_id uuid not null, body text not null, created_at timestamptz not null default now(), unique (author_id, client_id)); create index if not exists messages_of_channel on messages (channel_id, id);"))
    await table.ExecuteNonQueryAsync();
var app = builder.Build();
app.UseWebSockets();
var (gate, readers, room, author) = (new Lock(), new List<WebSocket>(), Guid.CreateVersion7(), Guid.CreateVersion7());
var outbound = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
app.MapGet("/health", () => "ok");
app.Map("/read", async context =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    lock (gate)
        readers.Add(socket);
    try
    {
        while ((await socket.ReceiveAsync(new byte[64], context.RequestAborted)).MessageType != WebSocketMessageType.Close) { }
    }
    catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
    {
        // It went without a word.
    }
    finally
    {
        lock (gate)
            readers.Remove(socket);
    }
});
app.Map("/send", async context =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[4096];
    try
    {
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } got)
        {
            var (clientId, body) = (Guid.CreateVersion7(), Encoding.UTF8.GetString(buffer, 0, got.Count));
            await using var insert = source.CreateCommand("insert into messages (channel_id, author_id, client_id, body) values ($1, $2, $3, $4) returning id, created_at");
            foreach (var value in (object[])[room, author, clientId, body])
                insert.Parameters.AddWithValue(value);
            await using var row = await insert.ExecuteReaderAsync();
            await row.ReadAsync();
            var id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            outbound.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(new { type = "message", id, channelId = room, authorId = author, clientId, body, createdAt = row.GetDateTime(1) }));
            await socket.SendAsync("ok"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
    }
    catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
    {
        // It went without a word.
    }
});
var delivering = DeliverAsync();
await app.RunAsync();
outbound.Writer.Complete();
await delivering;

// Every reader is sent to before any is waited for.
async Task DeliverAsync()
{
    var sending = new List<Task>();
    await foreach (var message in outbound.Reader.ReadAllAsync())
    {
        sending.Clear();
        lock (gate)
            foreach (var reader in readers)
                if (reader.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None) is { IsCompletedSuccessfully: false } pending)
                    sending.Add(pending.AsTask());
        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
