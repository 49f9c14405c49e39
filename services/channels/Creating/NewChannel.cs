using System.Security.Cryptography;
using System.Text;
using ChatGenius.Contracts.Edge;

namespace ChatGenius.Channels.Creating;

/// <summary>A channel that someone wants, checked.</summary>
/// <param name="Kind">One of <see cref="ChannelKind"/>.</param>
/// <param name="Name">Empty for a direct channel.</param>
/// <param name="Topic">Empty for a direct channel.</param>
/// <param name="Members">Everyone who is to be in it, the author first.</param>
/// <param name="ClientId">Makes the call idempotent; null when it is not.</param>
internal sealed record NewChannel(string Kind, string Name, string Topic, IReadOnlyList<Guid> Members, Guid? ClientId)
{
    public Guid Author => Members[0];

    public IEnumerable<Guid> Others => Members.Skip(1);

    /// <summary>Who a direct channel is between, in whichever order they were named; null for others.</summary>
    public string? DirectKey => Kind == ChannelKind.Direct ? Sha256(Sorted) : null;

    /// <summary>What tells a replay from another call with the same <c>clientId</c>.</summary>
    public string Hash => Sha256($"{Kind}\0{Name}\0{Topic}\0{Sorted}");

    string Sorted => string.Join(' ', Members.Order());

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProblemException"><c>invalid</c>.</exception>
    public static NewChannel Of(CreateChannel request, Guid author)
    {
        if (request.Kind is not (ChannelKind.Public or ChannelKind.Private or ChannelKind.Direct))
            throw ProblemException.Field("kind", "is public, private or direct");
        var isDirect = request.Kind == ChannelKind.Direct;
        if (isDirect && request.MemberIds is null)
            throw ProblemException.Field("memberIds", "is required for a direct channel");
        if (request.MemberIds?.Count > Limits.MembersPerCall)
            throw ProblemException.Field("memberIds", $"has at most {Limits.MembersPerCall} entries");
        Guid[] members = [.. (request.MemberIds ?? []).Prepend(author).Distinct()];
        return isDirect
            ? new(request.Kind, "", "", members, request.ClientId)
            : new(request.Kind, ChannelText.Name(request.Name), ChannelText.Topic(request.Topic), members, request.ClientId);
    }

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
