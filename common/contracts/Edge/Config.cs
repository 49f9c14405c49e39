namespace ChatGenius.Contracts.Edge;

/// <summary>What bounds a request; published, so that clients need not guess.</summary>
public static class Limits
{
    /// <summary>Code points of a message's text.</summary>
    public const int TextLength = 16_000;
    public const int ChannelNameLength = 80;
    public const int TopicLength = 1_000;
    public const int UsernameLength = 64;
    public const int DisplayNameLength = 100;
    public const int StatusTextLength = 200;
    public const int PasswordMin = 8;
    public const int PasswordMax = 128;

    /// <summary>Bytes of an emoji as UTF-8.</summary>
    public const int EmojiBytes = 64;

    /// <summary>Different emojis on one message.</summary>
    public const int ReactionsPerMessage = 50;
    public const int Mentions = 50;

    /// <summary>Members that one call may add.</summary>
    public const int MembersPerCall = 100;
    public const int PageDefault = 50;
    public const int PageMax = 200;
    public const int SyncPositions = 500;

    /// <summary>Bytes of a delta as JSON.</summary>
    public const int DeltaBytes = 256 * 1024;

    /// <summary>Bytes of a request body.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Changes beyond which a messages feed answers with a reset.</summary>
    public const int MessagesCatchUp = 500;

    /// <summary>Messages in a reset.</summary>
    public const int MessagesWindow = 50;
}

/// <summary>The answer of <c>GET /api/v1/config</c>.</summary>
public sealed record PublicConfig
{
    public required string Version { get; init; }

    /// <summary>The issuer of tokens and the public address.</summary>
    public required string PublicUrl { get; init; }

    /// <summary><c>open</c> or <c>closed</c>; the first user of an empty deployment can always register.</summary>
    public required string Registration { get; init; }
    public required string ClientId { get; init; }
    public required PublicLimits Limits { get; init; }
    public required PublicRates Rates { get; init; }
}

/// <summary>Sizes; see <see cref="Edge.Limits"/>.</summary>
public sealed record PublicLimits
{
    public int Text { get; init; } = Edge.Limits.TextLength;
    public int ChannelName { get; init; } = Edge.Limits.ChannelNameLength;
    public int Topic { get; init; } = Edge.Limits.TopicLength;
    public int Username { get; init; } = Edge.Limits.UsernameLength;
    public int DisplayName { get; init; } = Edge.Limits.DisplayNameLength;
    public int StatusText { get; init; } = Edge.Limits.StatusTextLength;
    public int PasswordMin { get; init; } = Edge.Limits.PasswordMin;
    public int PasswordMax { get; init; } = Edge.Limits.PasswordMax;
    public int EmojiBytes { get; init; } = Edge.Limits.EmojiBytes;
    public int ReactionsPerMessage { get; init; } = Edge.Limits.ReactionsPerMessage;
    public int Mentions { get; init; } = Edge.Limits.Mentions;
    public int MembersPerCall { get; init; } = Edge.Limits.MembersPerCall;
    public int PageDefault { get; init; } = Edge.Limits.PageDefault;
    public int PageMax { get; init; } = Edge.Limits.PageMax;
    public int SyncPositions { get; init; } = Edge.Limits.SyncPositions;
    public int DeltaBytes { get; init; } = Edge.Limits.DeltaBytes;
    public int BodyBytes { get; init; } = Edge.Limits.BodyBytes;
}

/// <summary>Rates, as set for this deployment.</summary>
public sealed record PublicRates
{
    /// <summary>Commands a second and user.</summary>
    public required int CommandsPerSecond { get; init; }

    /// <summary>Commands that may come at once.</summary>
    public required int CommandBurst { get; init; }
    public required int SignInsPerMinuteAndAccount { get; init; }
    public required int SignInsPerMinuteAndAddress { get; init; }
    public required int RegistrationsPerMinuteAndAddress { get; init; }
}
