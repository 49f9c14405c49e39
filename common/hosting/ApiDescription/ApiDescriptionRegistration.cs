using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatGenius.Hosting.ApiDescription;

/// <summary>How the routes of a process are described as OpenAPI 3.1.</summary>
internal static class ApiDescriptionRegistration
{
    const string Document = "v1";

    static readonly Dictionary<string, string> s_tags = new()
    {
        ["Sign-in"] = "Tokens and sessions, as OAuth 2 and OpenID Connect say.",
        ["Users"] = "Accounts and public profiles.",
        ["Channels"] = "Channels, who is in them with which role, and how each user keeps them.",
        ["Messages"] = "Messages, reactions, pins, history and read positions.",
        ["Realtime"] = "Catching up, and the ticket that opens the hub.",
        ["Deployment"] = "What every client may know before it signs in.",
    };

    public static void AddApiDescription(this IServiceCollection services, string process)
    {
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = process is "host" or "gateway" ? "ChatGenius" : "ChatGenius " + process,
                    Version = "v1",
                    Description = "Commands and reads of a ChatGenius deployment. What happened is delivered by the hub at /realtime, which /asyncapi/v1.json describes.",
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                };
                // Wherever it is read from, not where it happened to be made.
                document.Servers = [new OpenApiServer { Url = "/" }];
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer<AccessDescription>();
            options.AddOperationTransformer<AccessDescription>();
            options.AddDocumentTransformer<ProblemDescription>();
            options.AddOperationTransformer<ProblemDescription>();
            options.AddOperationTransformer<ParameterDescription>();
        });
        // After what the modules add.
        services.PostConfigure<OpenApiOptions>(Document, options => options.AddDocumentTransformer<ExampleDescription>().AddDocumentTransformer((document, _, _) =>
        {
            Sort(document);
            return Task.CompletedTask;
        }));
    }

    // Paths come in the order in which modules are mapped; sorted, a change in the document is a change of the API.
    static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
            paths.Add(path, item);
        document.Paths = paths;
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = s_tags[tag.Name!];
    }
}
