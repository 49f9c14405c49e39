using System.Security.Claims;
using ChatGenius.Channels.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Channels.Changing;

internal static class ChangeRoute
{
    public static async Task<Ok<ChangedChannel>> HandleAsync(
        EntityId channel, Body<ChangeChannel> body, ClaimsPrincipal caller, ChannelChange change, CancellationToken cancellation) =>
        TypedResults.Ok(await change.ApplyAsync(Asker.Of(caller), channel, body.Value, cancellation));
}
