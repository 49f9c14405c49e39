using System.Security.Cryptography;
using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Posting;

/// <summary>Posts a message, once for each <c>(author, clientId)</c>, for ever.</summary>
internal sealed class PostCommand : WriteCommand<PostResult>
{
    public required Guid Id { get; init; }
    public required Guid ClientId { get; init; }
    public required string Text { get; init; }
    public Guid? ThreadId { get; init; }
    public required IReadOnlyList<Guid> Mentions { get; init; }
    public required byte[] BodyHash { get; init; }

    public override IEnumerable<FeedName> Feeds => Mentions.Append(Caller).Select(FeedName.Reads).Append(Feed);
    public override IEnumerable<Guid> Others => Mentions;

    /// <summary>What a replay is compared by.</summary>
    public static byte[] Hash(Guid channel, PostMessage body) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { channel, body.Text, body.ThreadId, Mentions = body.Mentions ?? [] }, ContractsJson.Options));

    /// <summary>Answers with a message stored before: the same one, or a conflict when the body was another.</summary>
    public void Replay(MessageRow stored)
    {
        if (stored.BodyHash.AsSpan().SequenceEqual(BodyHash))
            Result = new PostResult(stored.ToContract(), Created: false);
        else
            Refused = new ProblemException(ErrorCodes.ClientIdConflict);
    }

    /// <summary>Answers with the message that the transaction stores.</summary>
    public void Stored(MessageRow message) => Result = new PostResult(message.ToContract(), Created: true);

    /// <summary>Refuses it.</summary>
    public void Refuse(ProblemException refusal) => Refused = refusal;
}

/// <summary>A posted message.</summary>
/// <param name="Message">The message as stored.</param>
/// <param name="Created">False for a replay.</param>
internal sealed record PostResult(Message Message, bool Created);
