using System.Security.Claims;
using ChatGenius.Channels.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Channels.MySettings;

internal static class SettingsRoute
{
    public static async Task<Ok<MyChannel>> HandleAsync(
        UserRef user, EntityId channel, Body<ChangeMyChannel> body, ClaimsPrincipal caller, SettingsChange settings, CancellationToken cancellation)
    {
        // Nobody may know how others keep their channels.
        if (user.Resolve(caller) != caller.UserId())
            throw new ProblemException(ErrorCodes.NotFound);
        return TypedResults.Ok(await settings.ApplyAsync(Asker.Of(caller), channel, body.Value, cancellation));
    }
}
