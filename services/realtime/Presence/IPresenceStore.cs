namespace ChatGenius.Realtime.Presence;

/// <summary>The leases by which users count as present, of all instances. Thread-safe.</summary>
internal interface IPresenceStore
{
    /// <summary>Says what a user's state is on this instance, for as long as the lease lasts; <c>offline</c> gives the lease up.</summary>
    Task SetAsync(Guid user, string state);

    /// <summary>The state of each user over all instances.</summary>
    Task<IReadOnlyDictionary<Guid, string>> GetAsync(IReadOnlyCollection<Guid> users);
}
