using System.Net;
using System.Net.Sockets;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Problems;
using ChatGenius.Hosting.Requests;

namespace ChatGenius.Hosting.Edge.RateLimits;

/// <summary>Whom a request is counted for.</summary>
internal sealed class RequestSource(AccessTokenValidator validator, DatabaseStartGate gate, TimeProvider time)
{
    /// <summary>How long a limit waits for the keys of access tokens; they are held afterwards.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The user whom a valid token names, else the address.</summary>
    public async ValueTask<string> UserOrAddressAsync(HttpContext context) => await UserAsync(context) ?? Address(context);

    /// <summary>The client's address. An IPv6 network of 64 bits counts as one, since it usually is one customer.</summary>
    public static string Address(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }

    async ValueTask<string?> UserAsync(HttpContext context)
    {
        if (!gate.IsReady || context.Request.Headers.Authorization.Count == 0)
            return null;
        try
        {
            if (BearerToken.Read(context.Request) is not { } token)
                return null;
            var validation = validator.ValidateAsync(token, context.RequestAborted);
            var caller = validation.IsCompletedSuccessfully ? await validation : await validation.AsTask().WaitAsync(Patience, time, context.RequestAborted);
            return "user " + caller.UserId();
        }
        catch (Exception refused) when (refused is ProblemException or TimeoutException)
        {
            return null;
        }
    }
}
