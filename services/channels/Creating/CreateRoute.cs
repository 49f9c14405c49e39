using System.Security.Claims;
using ChatGenius.Channels.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Channels.Creating;

internal static class CreateRoute
{
    public static async Task<Results<Created<CreatedChannel>, Ok<CreatedChannel>>> HandleAsync(
        Body<CreateChannel> body, ClaimsPrincipal caller, ChannelCreation creation, CancellationToken cancellation)
    {
        var asker = Asker.Of(caller);
        var created = await creation.CreateAsync(asker, NewChannel.Of(body.Value, asker.UserId), cancellation);
        var answer = new CreatedChannel { Channel = created.Channel.ToContract(), Members = created.Members };
        return created.Existed ? TypedResults.Ok(answer) : TypedResults.Created($"/api/v1/channels/{answer.Channel.Id:D}", answer);
    }
}
