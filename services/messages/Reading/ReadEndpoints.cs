using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using ChatGenius.Messages.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.Reading;

internal static class ReadEndpoints
{
    public static void MapReading(this IEndpointRouteBuilder routes) => routes.MapPut("/api/v1/channels/{channelId}/read", ReadAsync)
        .RequireAuthorization(AuthPolicies.User).WithTags("Messages").WithName("MoveReadPosition").WithSummary("Moves the caller's read position.");

    static async Task<Ok<ReadPosition>> ReadAsync(EntityId channelId, Body<ReadUpTo> body, ClaimsPrincipal caller, WritePipeline pipeline, CancellationToken cancellation)
    {
        if (body.Value.Seq < 0)
            throw ProblemException.Field("seq", "is not 0 or more");
        return TypedResults.Ok(await pipeline.RunAsync(() => new ReadCommand
        {
            ChannelId = channelId,
            Caller = caller.UserId(),
            Seq = body.Value.Seq,
            Force = body.Value.Force,
        }, cancellation));
    }
}
