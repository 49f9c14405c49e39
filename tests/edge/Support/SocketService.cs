using System.Net.Sockets;

namespace ChatGenius.EdgeTests.Support;

/// <summary>A service on a bare socket, for what is between the bytes.</summary>
internal abstract class SocketService : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Task _accepting;

    protected SocketService()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    /// <summary>Serves one connection until it returns.</summary>
    protected abstract Task ServeAsync(NetworkStream connection, CancellationToken stop);

    async Task AcceptAsync()
    {
        // A constructor that calls what a derived class overrides would find it half made.
        await Task.Yield();
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                await ServeAsync(client.GetStream(), _stop.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The gateway is gone, or this is.
            }
    }
}
