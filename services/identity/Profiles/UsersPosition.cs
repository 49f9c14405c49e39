namespace ChatGenius.Identity.Profiles;

/// <summary>Where the <c>users</c> feed stands in a snapshot.</summary>
internal static class UsersPosition
{
    public static async Task<Position> ReadAsync(IdentityContext db, CancellationToken cancellation)
    {
        var name = FeedName.Users.ToString();
        return new Position
        {
            Feed = name,
            Epoch = await db.Set<OwnerRow>().Select(o => o.Epoch).SingleAsync(cancellation),
            Revision = await db.Set<FeedRow>().Where(f => f.Id == name).Select(f => f.Head).SingleOrDefaultAsync(cancellation),
        };
    }
}
