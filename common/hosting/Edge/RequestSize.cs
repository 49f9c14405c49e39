using System.Globalization;
using ChatGenius.Contracts.Edge;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Edge;

/// <summary>Refuses a body that says it is too large before any of it is read; one that does not say is cut off by the server at the same size.</summary>
internal sealed class RequestSize(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > Limits.BodyBytes)
            return next(context);
        // What is not read would be taken for the next request of this connection.
        context.Response.Headers.Connection = "close";
        return ProblemWriter.WriteAsync(context, ErrorCodes.TooLarge,
            string.Create(CultureInfo.InvariantCulture, $"The body has {context.Request.ContentLength} bytes; at most {Limits.BodyBytes} are taken."));
    }
}
