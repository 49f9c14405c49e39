using System.Globalization;
using System.Threading.RateLimiting;

namespace ChatGenius.Hosting.Edge.RateLimits;

/// <summary>One limit: a token bucket for each user or address. A bucket that is full again is dropped, so memory follows those who call now. Thread-safe.</summary>
internal sealed class RateLimit : IDisposable
{
    readonly PartitionedRateLimiter<string> _buckets;
    readonly string _name;
    readonly int _burst;
    readonly double _perSecond;

    /// <param name="name">As named in the headers.</param>
    /// <param name="burst">Requests that may come at once.</param>
    /// <param name="perSecond">Requests that are given back each second.</param>
    /// <param name="perUser">Counted for each user; for each address otherwise, and where there is no user.</param>
    public RateLimit(string name, int burst, double perSecond, bool perUser)
    {
        (_name, _burst, _perSecond, PerUser) = (name, burst, perSecond, perUser);
        Policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={burst};w={Seconds(burst)}");
        var options = new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1 / perSecond),
            AutoReplenishment = false,
            QueueLimit = 0,
        };
        _buckets = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => options), StringComparer.Ordinal);
    }

    public bool PerUser { get; }

    /// <summary>The <c>RateLimit-Policy</c> header (draft-ietf-httpapi-ratelimit-headers): the quota, and the seconds in which it comes back whole.</summary>
    public string Policy { get; }

    /// <summary>Counts a request.</summary>
    /// <param name="key">Who sent it.</param>
    /// <param name="header">The <c>RateLimit</c> header: how many remain, and the seconds until the quota is whole again.</param>
    /// <returns>False when it is one too many.</returns>
    public bool TryTake(string key, out string header)
    {
        using var lease = _buckets.AttemptAcquire(key);
        var remaining = _buckets.GetStatistics(key)?.CurrentAvailablePermits ?? 0;
        header = string.Create(CultureInfo.InvariantCulture, $"\"{_name}\";r={remaining};t={Seconds(_burst - remaining)}");
        return lease.IsAcquired;
    }

    /// <summary>How long after a refusal the next request can be taken.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(1 / _perSecond);

    public void Dispose() => _buckets.Dispose();

    long Seconds(long requests) => (long)Math.Ceiling(requests / _perSecond);
}
