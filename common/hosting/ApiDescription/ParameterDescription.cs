using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatGenius.Hosting.ApiDescription;

/// <summary>Describes parameters: one name means one thing in the whole API.</summary>
internal sealed class ParameterDescription : IOpenApiOperationTransformer
{
    static readonly Dictionary<string, string> s_meanings = new()
    {
        ["limit"] = "How many items at most: 1 to 200, 50 when absent.",
        ["cursor"] = "`next` of the page before; absent for the first page.",
        ["query"] = "A part of a name.",
        ["ids"] = "User ids, repeated or separated by commas, at most 200.",
        ["before"] = "Messages before this seq (exclusive).",
        ["after"] = "Messages after this seq (exclusive).",
        ["around"] = "Messages around this seq (inclusive).",
        ["thread"] = "The id of a message: its thread.",
        ["channel"] = "A channel's id.",
        ["channelId"] = "A channel's id.",
        ["messageId"] = "A message's id.",
        ["user"] = "A user's id, or `me`.",
        ["id"] = "A user's id, or `me`.",
        ["emoji"] = "The emoji itself, percent-encoded; at most 64 bytes of UTF-8.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Description ??= s_meanings.GetValueOrDefault(parameter.Name!);
        return Task.CompletedTask;
    }
}
