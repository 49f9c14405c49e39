using System.Net;

namespace ChatGenius.Gateway.Routing;

/// <summary>Has a connection that a service has upgraded (a WebSocket) go on over its bare socket (<see cref="ServiceSocket"/>).</summary>
internal sealed class BareUpgrades(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols || request.RequestUri?.Scheme != Uri.UriSchemeHttp)
            return response;
        var upgraded = response.Content;
        response.Content = new BareContent(await ServiceSocket.TakeAsync(await upgraded.ReadAsStreamAsync(cancellationToken), cancellationToken), upgraded);
        return response;
    }

    /// <summary>Both directions of a socket, which StreamContent would lead in one.</summary>
    sealed class BareContent : HttpContent
    {
        readonly Stream _socket;

        public BareContent(Stream socket, HttpContent instead)
        {
            _socket = socket;
            foreach (var (name, values) in instead.Headers.NonValidated)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(_socket);
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _socket.CopyToAsync(stream);

        // As long as it stays open.
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _socket.Dispose();
            base.Dispose(disposing);
        }
    }
}
