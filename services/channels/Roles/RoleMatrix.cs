namespace ChatGenius.Channels.Roles;

/// <summary>Who may do what: the table of <c>docs/channels-roles.md</c>. Pure.</summary>
internal static class RoleMatrix
{
    const Standing Nobody = (Standing)int.MaxValue;

    /// <summary>The lowest standing that has a right, by kind of channel.</summary>
    static (Standing Public, Standing Private, Standing Direct) Lowest(Right right) => right switch
    {
        Right.See => (Standing.Outsider, Standing.Member, Standing.Member),
        Right.Join => (Standing.Outsider, Nobody, Nobody),
        Right.Invite => (Standing.Member, Standing.Member, Nobody),
        Right.GiveRoles => (Standing.Owner, Standing.Owner, Nobody),
        Right.RemoveMembers => (Standing.Moderator, Standing.Moderator, Nobody),
        Right.RemoveModerators => (Standing.Owner, Standing.Owner, Nobody),
        Right.RemoveOwners => (Standing.Owner, Standing.Owner, Nobody),
        Right.Rename => (Standing.Moderator, Standing.Moderator, Nobody),
        Right.SetTopic => (Standing.Moderator, Standing.Moderator, Nobody),
        Right.Archive => (Standing.Owner, Standing.Owner, Nobody),
        Right.Leave => (Standing.Member, Standing.Member, Standing.Member),
        Right.Keep => (Standing.Member, Standing.Member, Standing.Member),
        _ => (Nobody, Nobody, Nobody),
    };

    /// <summary>True when someone of that standing has the right in a channel of that kind.</summary>
    public static bool Allows(string kind, Standing standing, Right right) => standing >= kind switch
    {
        ChannelKind.Public => Lowest(right).Public,
        ChannelKind.Private => Lowest(right).Private,
        ChannelKind.Direct => Lowest(right).Direct,
        _ => Nobody,
    };

    /// <summary>The standing of a role.</summary>
    public static Standing Of(string role) => role switch
    {
        MemberRole.Owner => Standing.Owner,
        MemberRole.Moderator => Standing.Moderator,
        MemberRole.Member => Standing.Member,
        _ => Standing.Outsider,
    };

    /// <summary>The right that removing someone of that role takes.</summary>
    public static Right ToRemove(string role) => Of(role) switch
    {
        Standing.Owner => Right.RemoveOwners,
        Standing.Moderator => Right.RemoveModerators,
        _ => Right.RemoveMembers,
    };
}
