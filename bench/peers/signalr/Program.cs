using Microsoft.AspNetCore.SignalR;
using Npgsql;

// A hub as SignalR's documentation would have it: groups over the Redis backplane, one INSERT for each message, then the group is sent to. Connections are not authenticated, which is to its advantage.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var source = NpgsqlDataSource.Create(builder.Configuration["Database"]!);
await using (var table = source.CreateCommand(
    "create table if not exists messages (id bigserial primary key, channel_id uuid not null, author_id uuid not null, client_id uuid not null, body text not null, created_at timestamptz not null default now(), unique (author_id, client_id)); create index if not exists messages_of_channel on messages (channel_id, id);"))
    await table.ExecuteNonQueryAsync();
builder.Services.AddSingleton(source);
builder.Services.AddSignalR(hub => hub.MaximumParallelInvocationsPerClient = 1).AddStackExchangeRedis(builder.Configuration["Redis"]!);
var app = builder.Build();
app.MapGet("/health", () => "ok");
app.MapHub<Room>("/hub");
await app.RunAsync();

internal sealed class Room(NpgsqlDataSource source) : Hub
{
    public async Task Join(Guid[] channels)
    {
        foreach (var channel in channels)
            await Groups.AddToGroupAsync(Context.ConnectionId, channel.ToString());
    }

    public async Task<long> Send(Guid channel, Guid author, Guid clientId, string body)
    {
        await using var insert = source.CreateCommand("insert into messages (channel_id, author_id, client_id, body) values ($1, $2, $3, $4) returning id, created_at");
        foreach (var value in (object[])[channel, author, clientId, body])
            insert.Parameters.AddWithValue(value);
        await using var row = await insert.ExecuteReaderAsync();
        await row.ReadAsync();
        var (id, at) = (row.GetInt64(0), row.GetDateTime(1));
        await Clients.Group(channel.ToString()).SendAsync("Message", new { id = id.ToString(null as IFormatProvider), channelId = channel, authorId = author, clientId, body, createdAt = at });
        return id;
    }
}
