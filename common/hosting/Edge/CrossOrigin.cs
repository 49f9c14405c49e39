using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Edge;

/// <summary>Calls from pages of other addresses.</summary>
internal static class CrossOrigin
{
    static readonly TimeSpan PreflightLifetime = TimeSpan.FromHours(2);

    /// <summary>What a page may read of an answer beyond its body.</summary>
    static readonly string[] s_exposed =
        ["RateLimit", "RateLimit-Policy", "Retry-After", "ChatGenius-Ignored-Fields", "Location", "WWW-Authenticate"];

    // The stock SignalR client of browsers asks with credentials unless told otherwise, and a browser then refuses an answer whose allowed origin is `*`.
    // Naming the caller's origin and allowing credentials is safe here, since ChatGenius sets and reads no cookies: a page can only act with a token it was given.
    public static void UseCrossOrigin(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<IOptions<ChatGeniusSettings>>().Value.AllowedOrigins;
        app.UseCors(cors =>
        {
            if (origins.Contains("*"))
                cors.SetIsOriginAllowed(_ => true);
            else
                cors.WithOrigins([.. origins]);
            cors.AllowAnyHeader().AllowAnyMethod().AllowCredentials().WithExposedHeaders(s_exposed).SetPreflightMaxAge(PreflightLifetime);
        });
    }
}
