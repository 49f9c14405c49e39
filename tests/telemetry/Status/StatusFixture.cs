using Microsoft.AspNetCore.Http.Connections;

namespace ChatGenius.TelemetryTests.Status;

/// <summary>A host with an administrator, a user, and two connections, one of which was closed.</summary>
public sealed class StatusFixture : IAsyncLifetime
{
    readonly HostDeployment _host = new(new DeploymentOptions { LogName = "status" });
    LiveConnection? _live;
    Chat? _chat;

    internal Uri Address => _host.BaseAddress;
    internal Chat Chat => _chat!;
    internal Person Administrator { get; private set; } = null!;
    internal Person User { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _host.StartAsync();
        _chat = new Chat(_host.BaseAddress);
        // Whoever registers first is the administrator.
        (Administrator, User) = (await _chat.RegisterAsync("admin"), await _chat.RegisterAsync("user"));
        var channel = await Administrator.CreateChannelAsync("private", User);
        _live = await User.ConnectAsync();
        await _live.SyncAsync(new { feed = channel.Messages });
        await Administrator.PostAsync(channel, "hello");
        await _live.HearAsync("Delta");
        var again = await User.SignInAgainAsync();
        await using var polling = await LiveConnection.OpenAsync(again, HttpTransportType.LongPolling);
        await _chat.RevokeAsync(again.RefreshToken);
        await polling.ClosedAsync(TimeSpan.FromSeconds(20));
    }

    public async Task DisposeAsync()
    {
        if (_live is not null)
            await _live.DisposeAsync();
        _chat?.Dispose();
        await _host.DisposeAsync();
    }
}
