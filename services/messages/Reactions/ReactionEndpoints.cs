using System.Security.Claims;
using System.Text;
using ChatGenius.Hosting.Auth;
using ChatGenius.Messages.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.Reactions;

internal static class ReactionEndpoints
{
    public static void MapReactions(this IEndpointRouteBuilder routes)
    {
        var reaction = routes.MapGroup("/api/v1/channels/{channelId}/messages/{messageId}/reactions/{emoji}").RequireAuthorization(AuthPolicies.User).WithTags("Messages");
        reaction.MapPut("", (EntityId channelId, EntityId messageId, string emoji, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation) =>
            ReactAsync(channelId, messageId, emoji, true, caller, pipeline, cancellation)).WithName("AddReaction").WithSummary("Adds the caller's reaction.");
        reaction.MapDelete("", (EntityId channelId, EntityId messageId, string emoji, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation) =>
            ReactAsync(channelId, messageId, emoji, false, caller, pipeline, cancellation)).WithName("RemoveReaction").WithSummary("Takes the caller's reaction back.");
    }

    static async Task<Ok<Message>> ReactAsync(
        Guid channel, Guid message, string emoji, bool present, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation)
    {
        JsonText.Check(emoji, "emoji");
        if (string.IsNullOrWhiteSpace(emoji) || emoji.Any(char.IsControl) || Encoding.UTF8.GetByteCount(emoji) > Limits.EmojiBytes)
            throw ProblemException.Field("emoji", $"is not 1 to {Limits.EmojiBytes} bytes of text");
        return TypedResults.Ok(await pipeline.RunAsync(() => new ReactCommand
        {
            ChannelId = channel,
            Caller = caller.UserId(),
            MessageId = message,
            Emoji = emoji,
            Present = present,
        }, cancellation));
    }
}
