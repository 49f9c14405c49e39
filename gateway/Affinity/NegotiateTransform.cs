using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ChatGenius.Gateway.Affinity;

/// <summary>Marks the connection id in the answer of the hub's <c>negotiate</c> with the instance that gave it.</summary>
internal sealed class NegotiateTransform : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        if (context.Route.ClusterId != "realtime")
            return;
        context.AddRequestTransform(request =>
        {
            if (IsNegotiate(request.HttpContext))
                request.ProxyRequest.Headers.AcceptEncoding.Clear(); // The answer is read here.
            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(MarkAsync);
    }

    static async ValueTask MarkAsync(ResponseTransformContext response)
    {
        var context = response.HttpContext;
        if (!IsNegotiate(context) || response.ProxyResponse is not { StatusCode: HttpStatusCode.OK } answer || context.GetReverseProxyFeature().ProxiedDestination is not { } instance)
            return;
        var marked = Mark(await answer.Content.ReadAsByteArrayAsync(context.RequestAborted), instance);
        response.SuppressResponseBody = true;
        context.Response.ContentLength = marked.Length;
        await context.Response.Body.WriteAsync(marked, context.RequestAborted);
    }

    // Clients bring back the token where the answer has one, and in the first version of the protocol the id.
    static byte[] Mark(byte[] answer, DestinationState instance)
    {
        if (JsonNode.Parse(answer) is not JsonObject negotiation)
            return answer;
        var field = negotiation.ContainsKey("connectionToken") ? "connectionToken" : "connectionId";
        if (negotiation[field]?.GetValue<string>() is not { } id)
            return answer;
        negotiation[field] = InstanceKey.Mark(instance, id);
        return JsonSerializer.SerializeToUtf8Bytes(negotiation);
    }

    static bool IsNegotiate(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase);
}
