using ChatGenius.Hosting.Settings;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ChatGenius.Hosting.Edge;

/// <summary>Serves the web client's files, where there are any; every page address that is no file is its start page.</summary>
internal static class WebFiles
{
    const string StartPage = "/index.html";

    static readonly string[] s_reserved = ["/api", "/connect", "/realtime", "/health", "/openapi", "/docs", "/.well-known", "/internal"];

    public static void UseWebFiles(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<IOptions<ChatGeniusSettings>>().Value;
        if (Find(settings.WebPath) is not { } folder)
            return;
        var files = new PhysicalFileProvider(folder);
        app.Use((context, next) =>
        {
            if (IsPage(context.Request) && !files.GetFileInfo(context.Request.Path.Value!).Exists && files.GetFileInfo(StartPage).Exists)
                context.Request.Path = StartPage;
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetLifetime });
    }

    /// <summary>The folder: as set, else <c>web</c> beside the program, else <c>web/dist</c> of the source tree that the program runs from; null when it is not there.</summary>
    static string? Find(string? set)
    {
        if (set is not null)
            return Directory.Exists(set) ? Path.GetFullPath(set) : null;
        var beside = Path.Combine(AppContext.BaseDirectory, "web");
        if (Directory.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatGenius.sln")))
                return Path.Combine(folder.FullName, "web", "dist") is var built && Directory.Exists(built) ? built : null;
        return null;
    }

    static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !s_reserved.Any(r => request.Path.StartsWithSegments(r, StringComparison.OrdinalIgnoreCase));

    // Built assets carry a hash of their content in their names; the start page, which names them, must be fresh.
    static void SetLifetime(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
