using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.History;

internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/v1/channels/{channelId}/messages").RequireAuthorization(AuthPolicies.User).WithTags("Messages");
        messages.MapGet("", PageAsync).WithName("ListMessages").WithSummary("A page of history in seq order: the newest, or one before, after or around a seq, or a thread's.");
        messages.MapGet("/{messageId}", OneAsync).WithName("GetMessage").WithSummary("One message.");
    }

    static async Task<Ok<MessagePage>> PageAsync(EntityId channelId, string? before, string? after, string? around, string? thread, string? limit,
        ClaimsPrincipal caller, HistoryReader history, CancellationToken cancellation) =>
        TypedResults.Ok(await history.PageAsync(channelId, caller.UserId(), PageQuery.Parse(before, after, around, thread, limit), cancellation));

    static async Task<Ok<MessageItem>> OneAsync(EntityId channelId, EntityId messageId, ClaimsPrincipal caller, HistoryReader history, CancellationToken cancellation) =>
        TypedResults.Ok(await history.OneAsync(channelId, caller.UserId(), messageId, cancellation));
}
