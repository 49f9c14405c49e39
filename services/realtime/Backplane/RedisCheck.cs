using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Doctor;
using StackExchange.Redis;

namespace ChatGenius.Realtime.Backplane;

/// <summary>Looks at the cache that the instances share.</summary>
internal sealed class RedisCheck(string connectionString, TimeProvider time) : ICheck
{
    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = time.GetUtcNow();
        var (finding, clock) = await AskAsync();
        yield return finding;
        if (clock is { } theirs)
            yield return Finding.Clock("the cache's clock", theirs, asked, time.GetUtcNow());
    }

    async Task<(Finding, DateTimeOffset? Clock)> AskAsync()
    {
        try
        {
            var options = ConfigurationOptions.Parse(connectionString);
            (options.ConnectTimeout, options.AsyncTimeout, options.ConnectRetry) = (3000, 3000, 1);
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
            var server = redis.GetServers()[0];
            var took = await redis.GetDatabase().PingAsync();
            return (Finding.Ok("cache", FormattableString.Invariant($"Redis {server.Version} at {server.EndPoint}, answered in {took.TotalMilliseconds:0} ms")), await server.TimeAsync());
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or ArgumentException)
        {
            return (Finding.Fail("cache", failure.Message.Split('\n')[0], "Check ConnectionStrings__Redis (host:6379,password=…), and that Redis runs. Until then delivery is late, and nobody sees who types."), null);
        }
    }
}
