using Microsoft.AspNetCore.SignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSignalR();
var app = builder.Build();
app.MapGet("/health/ready", () => "ok");
app.MapHub<Room>("/hub");
await app.RunAsync();

internal sealed class Room : Hub
{
    public Task Join(Guid[] channels) => Groups.AddToGroupAsync(Context.ConnectionId, channels[0].ToString());

    public Task Send(Guid channel, Guid author, Guid clientId, string body) => Clients.Group(channel.ToString()).SendAsync("Message", new { channelId = channel, authorId = author, clientId, body });
}
