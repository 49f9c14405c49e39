using System.Globalization;
using ChatGenius.Realtime.Backplane;
using StackExchange.Redis;

namespace ChatGenius.Realtime.Presence;

/// <summary>Presence in Redis: for each user a hash of instance to <c>state|end of lease</c>, which expires as a whole with its last lease.</summary>
internal sealed class RedisPresenceStore(RedisConnection connection, IOptions<RealtimeSettings> settings, TimeProvider time) : IPresenceStore
{
    readonly string _instance = Guid.CreateVersion7().ToString("N");

    public async Task SetAsync(Guid user, string state)
    {
        try
        {
            var database = connection.Redis.GetDatabase();
            var key = Topics.PresenceKey(user);
            if (state == PresenceState.Offline)
            {
                await database.HashDeleteAsync(key, _instance);
                return;
            }
            var end = (time.GetUtcNow() + settings.Value.PresenceLease).ToUnixTimeMilliseconds();
            await database.HashSetAsync(key, _instance, string.Create(CultureInfo.InvariantCulture, $"{state}|{end}"));
            await database.KeyExpireAsync(key, settings.Value.PresenceLease);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // Presence is ephemeral: the lease is renewed when Redis is back.
        }
    }

    public async Task<IReadOnlyDictionary<Guid, string>> GetAsync(IReadOnlyCollection<Guid> users)
    {
        try
        {
            var database = connection.Redis.GetDatabase();
            var states = await Task.WhenAll(users.Distinct().Select(async u => (User: u, State: StateOf(await database.HashGetAllAsync(Topics.PresenceKey(u))))));
            return states.ToDictionary(s => s.User, s => s.State);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return new Dictionary<Guid, string>();
        }
    }

    string StateOf(HashEntry[] leases)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var held = leases.Select(l => ((string)l.Value!).Split('|')).Where(p => p.Length == 2 && long.Parse(p[1], CultureInfo.InvariantCulture) > now).Select(p => p[0]).ToList();
        return held.Contains(PresenceState.Active) ? PresenceState.Active : held.Count > 0 ? held[0] : PresenceState.Offline;
    }
}
