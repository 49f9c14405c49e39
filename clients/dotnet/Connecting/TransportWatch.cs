using Microsoft.AspNetCore.Http.Connections.Client;

namespace ChatGenius.Client;

/// <summary>Which transport a connection ended up with. SignalR does not say, so it is told from what it does: the last one that it tried is the one that it uses. Thread-safe.</summary>
internal sealed class TransportWatch
{
    volatile string? _name;

    public string? Name => _name;

    public void Watch(HttpConnectionOptions options)
    {
        options.WebSocketConfiguration = _ => _name = "webSockets";
        options.HttpMessageHandlerFactory = inner => new Handler(this, inner);
    }

    sealed class Handler(TransportWatch watch, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                watch._name = request.Headers.Accept.Any(a => a.MediaType == "text/event-stream") ? "serverSentEvents" : "longPolling";
            return base.SendAsync(request, cancellationToken);
        }
    }
}
