namespace ChatGenius.Channels.Roles;

/// <summary>How someone stands to a channel.</summary>
internal enum Standing
{
    /// <summary>Not a member, or not any more.</summary>
    Outsider,
    Member,
    Moderator,
    Owner,
}
