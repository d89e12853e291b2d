using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Adds what <see cref="OperationDoc"/> says: parameters and examples.</summary>
internal sealed partial class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var doc = context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationDoc>().FirstOrDefault();
        if (doc is null)
        {
            return Task.CompletedTask;
        }
        operation.Parameters ??= [];
        foreach (Match name in PathParameter().Matches(context.Description.RelativePath ?? ""))
        {
            operation.Parameters.Add(DocumentedParameters.Path(name.Groups[1].Value));
        }
        foreach (var name in doc.Query)
        {
            operation.Parameters.Add(DocumentedParameters.Query(name));
        }
        AddExamples(operation, doc);
        return Task.CompletedTask;
    }

    private static void AddExamples(OpenApiOperation operation, OperationDoc doc)
    {
        if (doc.RequestExample is not null && operation.RequestBody?.Content is { } request
            && request.TryGetValue("application/json", out var body))
        {
            Set(body, doc.RequestExample);
        }
        var answer = operation.Responses?.FirstOrDefault(response => response.Key.StartsWith('2')).Value?.Content;
        if (doc.ResponseExample is not null && answer is not null
            && answer.TryGetValue("application/json", out var content))
        {
            Set(content, doc.ResponseExample);
        }
    }

    private static void Set(OpenApiMediaType media, string json) => media.Example = JsonNode.Parse(json);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
