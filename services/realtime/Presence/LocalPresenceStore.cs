using System.Collections.Concurrent;

namespace ChatGenius.Realtime.Presence;

/// <summary>The presence of a single instance.</summary>
internal sealed class LocalPresenceStore : IPresenceStore
{
    readonly ConcurrentDictionary<Guid, string> _states = new();

    public Task SetAsync(Guid user, string state)
    {
        if (state == PresenceState.Offline)
            _states.TryRemove(user, out _);
        else
            _states[user] = state;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<Guid, string>> GetAsync(IReadOnlyCollection<Guid> users) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(users.Distinct().ToDictionary(u => u, u => _states.GetValueOrDefault(u, PresenceState.Offline)));
}
