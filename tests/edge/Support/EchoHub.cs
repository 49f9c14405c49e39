using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGenius.EdgeTests.Support;

/// <summary>A hub that says which instance it lives in.</summary>
internal sealed class EchoHub(EchoHub.Instance instance) : Hub
{
    public static Task<Running> StartAsync(string name) => Running.StartAsync(
        builder =>
        {
            builder.Services.AddSignalR();
            builder.Services.AddSingleton(new Instance(name));
        },
        app =>
        {
            app.MapGet("/health/ready", () => "ready");
            app.MapHub<EchoHub>("/realtime");
        });

    public string Where() => instance.Name;

    public string Echo(string text) => text;

    public string? Query(string name) => Context.GetHttpContext()!.Request.Query[name];

    internal sealed record Instance(string Name);
}
