using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Bounds sign-ins for one account, whether there is such an account or not: <c>ChatGenius__Rates__SignInsPerMinuteAndAccount</c>. Thread-safe.</summary>
internal sealed class SignInLimit : IDisposable
{
    readonly PartitionedRateLimiter<string> _limiter;

    public SignInLimit(IOptions<ChatGeniusSettings> settings, ILookupNormalizer normalizer)
    {
        var permits = settings.Value.Rates.SignInsPerMinuteAndAccount;
        _limiter = PartitionedRateLimiter.Create<string, string>(username => permits <= 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(normalizer.NormalizeName(Key(username)),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) }));
    }

    /// <summary>Null when the sign-in may be tried; else how long to wait.</summary>
    public TimeSpan? Refuse(string username)
    {
        using var lease = _limiter.AttemptAcquire(username);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();

    // What cannot be a name shares one place, so that nobody fills the memory with names.
    static string Key(string username) => Accounts.Usernames.Fault(username) is null ? username : "";
}
