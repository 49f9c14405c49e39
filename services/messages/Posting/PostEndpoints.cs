using System.Security.Claims;
using ChatGenius.Hosting.Auth;
using ChatGenius.Messages.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Messages.Posting;

internal static class PostEndpoints
{
    public static void MapPosting(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/channels/{channelId}/messages", PostAsync)
        .RequireAuthorization(AuthPolicies.User).WithTags("Messages").WithName("PostMessage").WithSummary("Posts a message; a replay of its clientId answers the same message with 200.");

    static async Task<Results<Created<Message>, Ok<Message>>> PostAsync(
        EntityId channelId, Body<PostMessage> body, ClaimsPrincipal caller, WritePipeline pipeline, TimeProvider time, CancellationToken cancellation)
    {
        var post = body.Value;
        PostRules.CheckText(post.Text);
        PostRules.CheckFence(post.Members);
        if (post.ClientId == Guid.Empty)
            throw ProblemException.Field("clientId", "is not an id made by the client");
        if (post.Mentions is { Count: > Limits.Mentions })
            throw ProblemException.Field("mentions", $"has more than {Limits.Mentions} ids");
        var hash = PostCommand.Hash(channelId, post);
        var result = await pipeline.RunAsync(() => new PostCommand
        {
            ChannelId = channelId,
            Caller = caller.UserId(),
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ClientId = post.ClientId,
            Text = post.Text,
            ThreadId = post.ThreadId,
            Mentions = [.. (post.Mentions ?? []).Distinct()],
            Members = post.Members,
            BodyHash = hash,
        }, cancellation);
        return result.Created
            ? TypedResults.Created($"/api/v1/channels/{result.Message.ChannelId}/messages/{result.Message.Id}", result.Message)
            : TypedResults.Ok(result.Message);
    }
}
