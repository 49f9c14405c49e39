using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Describes applications that are not started.</summary>
internal static class Descriptions
{
    public static async Task<string> DescribeAsync(this WebApplication app)
    {
        // What starting would do: only then are the routes known to those who describe them.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)).ReplaceLineEndings("\n") + "\n";
    }
}
