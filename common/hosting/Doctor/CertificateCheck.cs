using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at the certificates that this process serves by itself, where it does (<c>Kestrel:…:Certificate:Path</c>).</summary>
internal sealed class CertificateCheck(IConfiguration configuration, TimeProvider time) : ICheck
{
    /// <summary>How long before its end a certificate should be followed by another.</summary>
    static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        var kestrel = configuration.GetSection("Kestrel");
        var given = kestrel.GetSection("Endpoints").GetChildren().Select(e => e.GetSection("Certificate")).Concat(kestrel.GetSection("Certificates").GetChildren());
        foreach (var certificate in given.Where(c => c["Path"] is { Length: > 0 }))
            yield return Look(certificate["Path"]!, certificate["KeyPath"], certificate["Password"]);
    }

    /// <summary>How long a certificate is still good.</summary>
    public static Finding Lasting(string what, string which, X509Certificate2 certificate, DateTimeOffset now)
    {
        var left = certificate.NotAfter.ToUniversalTime() - now.UtcDateTime;
        var until = FormattableString.Invariant($"{which} is good until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        return left < TimeSpan.Zero ? Finding.Fail(what, $"{which} has expired", "Renew it, and start what serves it again.")
            : left < Notice ? Finding.Warn(what, until, "Renew it.")
            : Finding.Ok(what, until);
    }

    Finding Look(string path, string? keyPath, string? password)
    {
        try
        {
            using var certificate = keyPath is not null ? X509Certificate2.CreateFromPemFile(path, keyPath) : password is null && path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509CertificateLoader.LoadCertificateFromFile(path) : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return Lasting("certificate", path, certificate, time.GetUtcNow());
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("certificate", $"{path} cannot be used: {wrong.Message}", "See that the file is there, that this user may read it, and that its key and password belong to it.");
        }
    }
}
