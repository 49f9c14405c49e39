using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Realtime.Syncing;

internal static class SyncEndpoint
{
    public static void MapSync(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/sync", SyncAsync)
        .RequireAuthorization(AuthPolicies.User).Accepts<SyncRequest>("application/json").WithTags("Realtime")
        .WithName("SyncFeeds").WithSummary("Everything since the caller's positions in up to 500 feeds.");

    static async Task<Ok<SyncAnswer>> SyncAsync(Body<SyncBody> body, ClaimsPrincipal caller, Syncer syncer, CancellationToken cancellation) =>
        TypedResults.Ok(await syncer.SyncAsync(SyncPositions.Parse(body.Value.Positions, caller.UserId()), caller.UserId(), null, cancellation));

    /// <summary>A sync whose positions are read one by one, so that a malformed one fails alone.</summary>
    internal sealed record SyncBody
    {
        public required JsonElement Positions { get; init; }
    }
}
