namespace ChatGenius.Channels.Roles;

/// <summary>What one may do in a channel.</summary>
internal enum Right
{
    /// <summary>Know that it exists, and who is in it.</summary>
    See,

    /// <summary>Become a member by oneself.</summary>
    Join,

    /// <summary>Bring others in as members.</summary>
    Invite,

    /// <summary>Change roles, and bring others in with a role above member.</summary>
    GiveRoles,
    RemoveMembers,
    RemoveModerators,
    RemoveOwners,
    Rename,
    SetTopic,

    /// <summary>Archive it, and bring it back.</summary>
    Archive,

    /// <summary>Leave it; a direct channel is hidden instead.</summary>
    Leave,

    /// <summary>Star, mute or hide it for oneself.</summary>
    Keep,
}
