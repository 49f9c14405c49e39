namespace ChatGenius.Hosting.Applications;

/// <summary>Sends each call to the next address of a service, and on to the one after that when nobody answers there. What services ask of each other may be asked twice.</summary>
internal sealed class ServiceAddressHandler(IReadOnlyList<Uri> addresses) : DelegatingHandler
{
    int _next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        for (var tried = 1; ; tried++)
        {
            request.RequestUri = new Uri(addresses[(int)((uint)Interlocked.Increment(ref _next) % (uint)addresses.Count)], path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (tried < addresses.Count)
            {
                // The next address may answer.
            }
        }
    }
}
