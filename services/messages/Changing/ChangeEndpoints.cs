using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.Changing;

internal static class ChangeEndpoints
{
    public static void MapChanging(this IEndpointRouteBuilder routes)
    {
        var message = routes.MapGroup("/api/v1/channels/{channelId}/messages/{messageId}").RequireAuthorization(AuthPolicies.User).WithTags("Messages");
        message.MapPatch("", EditAsync).WithName("EditMessage").WithSummary("Changes the text of one's own message.");
        message.MapDelete("", DeleteAsync).WithName("DeleteMessage").WithSummary("Leaves a tombstone in a message's place.");
        message.MapPut("/pin", (EntityId channelId, EntityId messageId, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation) =>
            PinAsync(channelId, messageId, true, caller, pipeline, cancellation)).WithName("PinMessage").WithSummary("Pins a message.");
        message.MapDelete("/pin", (EntityId channelId, EntityId messageId, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation) =>
            PinAsync(channelId, messageId, false, caller, pipeline, cancellation)).WithName("UnpinMessage").WithSummary("Takes the pin off a message.");
    }

    static async Task<Ok<Message>> EditAsync(
        EntityId channelId, EntityId messageId, Body<EditMessage> body, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation)
    {
        PostRules.CheckText(body.Value.Text);
        PostRules.CheckFence(body.Value.Members);
        return TypedResults.Ok(await pipeline.RunAsync(() => new EditCommand
        {
            ChannelId = channelId,
            Caller = caller.UserId(),
            MessageId = messageId,
            Text = body.Value.Text,
            Members = body.Value.Members,
        }, cancellation));
    }

    static async Task<Ok<Message>> DeleteAsync(
        EntityId channelId, EntityId messageId, ClaimsPrincipal caller, WritePipeline pipeline, Database<MessagesContext> database, CancellationToken cancellation)
    {
        var id = messageId.Value;
        IReadOnlyList<Guid> mentioned;
        await using (var db = database.Open())
            mentioned = (await db.Messages.SingleOrDefaultAsync(m => m.Id == id, cancellation))?.MentionIds() ?? [];
        return TypedResults.Ok(await pipeline.RunAsync(() => new DeleteCommand
        {
            ChannelId = channelId,
            Caller = caller.UserId(),
            MessageId = messageId,
            Mentioned = mentioned,
        }, cancellation));
    }

    static async Task<Ok<Message>> PinAsync(Guid channel, Guid message, bool pinned, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation) =>
        TypedResults.Ok(await pipeline.RunAsync(() => new PinCommand { ChannelId = channel, Caller = caller.UserId(), MessageId = message, Pinned = pinned }, cancellation));
}
