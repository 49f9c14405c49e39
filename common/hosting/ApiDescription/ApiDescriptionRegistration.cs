using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatGenius.Hosting.ApiDescription;

/// <summary>How the routes of a process are described as OpenAPI 3.1.</summary>
internal static class ApiDescriptionRegistration
{
    public static void AddApiDescription(this IServiceCollection services, string process) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = process is "host" or "gateway" ? "ChatGenius" : "ChatGenius " + process,
                Version = "v1",
                Description = "Commands and reads of a ChatGenius deployment. What happened is delivered by the hub at /realtime.",
            };
            // Wherever it is read from, not where it happened to be made.
            document.Servers = [new OpenApiServer { Url = "/" }];
            Sort(document);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer<AccessDescription>();
        options.AddOperationTransformer<AccessDescription>();
        options.AddDocumentTransformer<ProblemDescription>();
        options.AddOperationTransformer<ProblemDescription>();
    });

    // Paths come in the order in which modules are mapped; sorted, a change in the document is a change of the API.
    static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
            paths.Add(path, item);
        document.Paths = paths;
    }
}
