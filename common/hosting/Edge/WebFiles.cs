using ChatGenius.Hosting.Settings;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ChatGenius.Hosting.Edge;

/// <summary>Serves the web client's files, where there are any; every page address that is no file is its start page.</summary>
internal static class WebFiles
{
    const string StartPage = "/index.html";

    static readonly string[] s_reserved = ["/api", "/connect", "/realtime", "/health", "/openapi", "/asyncapi", "/docs", "/.well-known", "/internal", "/admin/status"];

    static readonly (string Encoding, string Ending)[] s_compressed = [("br", ".br"), ("gzip", ".gz")];

    public static void UseWebFiles(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<IOptions<ChatGeniusSettings>>().Value;
        if (Find(settings.WebPath) is not { } folder)
            return;
        var files = new PhysicalFileProvider(folder);
        var types = new FileExtensionContentTypeProvider();
        // What is no file is not looked for among them: the API is asked more often than the page.
        app.UseWhen(context => !IsReserved(context.Request.Path), pages =>
        {
            pages.Use((context, next) =>
            {
                if (IsPage(context.Request) && !files.GetFileInfo(context.Request.Path.Value!).Exists && files.GetFileInfo(StartPage).Exists)
                    context.Request.Path = StartPage;
                TakeCompressed(context, files, types);
                return next(context);
            });
            pages.UseStaticFiles(new StaticFileOptions { FileProvider = files, ServeUnknownFileTypes = true, OnPrepareResponse = Prepare });
        });
    }

    /// <summary>True where there are web files to serve.</summary>
    public static bool AreServed(ChatGeniusSettings settings) => Find(settings.WebPath) is { } folder && File.Exists(folder + StartPage);

    // The build leaves each file compressed beside itself.
    static void TakeCompressed(HttpContext context, PhysicalFileProvider files, FileExtensionContentTypeProvider types)
    {
        var path = context.Request.Path.Value!;
        if (!types.TryGetContentType(path, out var type) || !files.GetFileInfo(path).Exists)
            return;
        foreach (var (encoding, ending) in s_compressed)
        {
            if (!context.Request.Headers.AcceptEncoding.ToString().Contains(encoding, StringComparison.OrdinalIgnoreCase) || !files.GetFileInfo(path + ending).Exists)
                continue;
            context.Items[typeof(WebFiles)] = new Compressed(encoding, type);
            context.Request.Path = path + ending;
            return;
        }
    }

    /// <summary>The folder: as set, else <c>web</c> beside the program, else <c>web/dist</c> of the source tree that the program runs from; null when it is not there.</summary>
    static string? Find(string? set)
    {
        if (set is not null)
            return Directory.Exists(set) ? Path.GetFullPath(set) : null;
        var beside = Path.Combine(AppContext.BaseDirectory, "web");
        if (File.Exists(beside + StartPage))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatGenius.sln")))
                return Path.Combine(folder.FullName, "web", "dist") is var built && Directory.Exists(built) ? built : null;
        return null;
    }

    static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    static bool IsReserved(PathString path)
    {
        foreach (var reserved in s_reserved)
            if (path.StartsWithSegments(reserved, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    // Built assets carry a hash of their content in their names; the start page, which names them, must be fresh.
    static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        if (file.Context.Items[typeof(WebFiles)] is not Compressed compressed)
            return;
        headers.ContentEncoding = compressed.Encoding;
        headers.ContentType = compressed.ContentType;
    }

    sealed record Compressed(string Encoding, string ContentType);
}
