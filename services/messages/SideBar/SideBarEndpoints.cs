using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.SideBar;

internal static class SideBarEndpoints
{
    public static void MapSideBar(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/users/me/channels", ReadAsync)
        .RequireAuthorization(AuthPolicies.User).WithTags("Messages").WithName("ListMyChannels").WithSummary("What a client needs to draw its side bar.");

    static async Task<Ok<Contracts.Channels.SideBar>> ReadAsync(string? limit, string? cursor, ClaimsPrincipal caller, SideBarReader reader, CancellationToken cancellation) =>
        TypedResults.Ok((await reader.ReadAsync(caller.UserId(), Paging.Limit(limit), cursor, cancellation)).Bar);
}
