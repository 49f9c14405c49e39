using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatGenius.Hosting.ApiDescription;

/// <summary>Shows an example of each request body and answer; the examples are in <c>docs/examples.json</c>, by the name of the schema.</summary>
internal sealed class ExampleDescription : IOpenApiDocumentTransformer
{
    static readonly JsonObject s_examples = Read();

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
            foreach (var content in (operation.Responses?.Values.Select(r => r.Content) ?? []).Append(operation.RequestBody?.Content))
                foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? [])
                    if (media.Schema is OpenApiSchemaReference { Reference.Id: { } name } && s_examples[name] is { } example)
                        media.Example = example.DeepClone();
        return Task.CompletedTask;
    }

    static JsonObject Read()
    {
        using var resource = typeof(ExampleDescription).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(resource)!.AsObject();
    }
}
