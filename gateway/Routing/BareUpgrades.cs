using System.Net;

namespace ChatGenius.Gateway.Routing;

/// <summary>Has a connection that a service has upgraded (a WebSocket) go on over what carries it alone (<see cref="ServiceStream"/>).</summary>
internal sealed class BareUpgrades(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols || request.RequestUri?.Scheme != Uri.UriSchemeHttp)
            return response;
        var upgraded = response.Content;
        response.Content = new BareContent(await ServiceStream.TakeAsync(await upgraded.ReadAsStreamAsync(cancellationToken)), upgraded);
        return response;
    }

    /// <summary>Both directions of a connection, which StreamContent would lead in one.</summary>
    sealed class BareContent(Stream carrier, HttpContent upgraded) : ContentInstead<Stream>(upgraded, carrier)
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(Source);
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Source.CopyToAsync(stream);
    }
}
