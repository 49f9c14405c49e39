namespace ChatGenius.Channels.Members;

/// <summary>A channel with members has an owner.</summary>
internal static class Owners
{
    /// <summary>True when nobody else in the channel is an owner. Read under the lock of the members feed.</summary>
    public static async Task<bool> IsLastOwnerAsync(this ChannelsContext db, MembershipRow membership, CancellationToken cancellation) =>
        membership.Role == MemberRole.Owner && !await db.Memberships.AnyAsync(
            m => m.ChannelId == membership.ChannelId && m.UserId != membership.UserId && m.Role == MemberRole.Owner && !m.Left, cancellation);
}
