using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at the public address as a client would: encrypted, leading here, with a certificate that lasts.</summary>
internal sealed class PublicAddressCheck(IOptions<ChatGeniusSettings> options, TimeProvider time) : ICheck
{
    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var address = new Uri(options.Value.PublicUrl);
        if (address.Scheme == "http" && !address.IsLoopback)
            yield return Finding.Warn("public address", $"{options.Value.PublicUrl} is not encrypted", "Passwords and tokens can be read on the way: put TLS in front, and set ChatGenius__PublicUrl to https.");
        X509Certificate2? shown = null;
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
        {
            shown = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.RawData);
            return errors == System.Net.Security.SslPolicyErrors.None;
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(4) };
        yield return await IssuerAsync(client, cancellation);
        if (shown is not null)
            yield return CertificateCheck.Lasting("certificate", $"the one at {address.Authority}", shown, time.GetUtcNow());
    }

    async Task<Finding> IssuerAsync(HttpClient client, CancellationToken cancellation)
    {
        const string What = "public address";
        var url = options.Value.PublicUrl;
        try
        {
            using var answer = await client.GetAsync(new Uri(url + "/.well-known/openid-configuration"), cancellation);
            if (!answer.IsSuccessStatusCode)
                return Finding.Warn(What, $"{url} answers {(int)answer.StatusCode}", "Something else may listen there, or the services are starting.");
            using var discovery = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            var issuer = discovery.RootElement.GetProperty("issuer").GetString();
            return issuer == url ? Finding.Ok(What, $"{url} leads to a deployment of that name")
                : Finding.Fail(What, $"{url} leads to {issuer}", "Set ChatGenius__PublicUrl alike in every process: tokens name it, and others are refused.");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            return Finding.Warn(What, $"{url} cannot be reached from here: {failure.GetBaseException().Message}", new Uri(url).IsLoopback
                ? "If the deployment runs, this is as it must be in a container, for which that is the container itself; before others use it, set ChatGenius__PublicUrl to the address that they type. If it does not run, start it."
                : "If the deployment runs, see that the name leads to it and its certificate is trusted; if not, start it.");
        }
    }
}
