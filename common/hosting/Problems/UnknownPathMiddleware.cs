namespace ChatGenius.Hosting.Problems;

/// <summary>
/// Answers 404 where no route leads. Without it, deny-by-default authorization would ask strangers to sign in to what does not exist.
/// Stands after authentication, in which the sign-in server answers what it owns without a route.
/// </summary>
internal sealed class UnknownPathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is null ? ProblemWriter.WriteAsync(context, ErrorCodes.NotFound) : next(context);
}
