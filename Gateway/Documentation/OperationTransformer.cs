using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Adds what <see cref="OperationDoc"/> says, parameters and examples, and which key the operation needs.</summary>
internal sealed partial class OperationTransformer : IOpenApiOperationTransformer
{
    private static readonly string[] Schemes = ["bearer", "basic"];

    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var doc = context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationDoc>().FirstOrDefault();
        if (doc is null)
        {
            return Task.CompletedTask;
        }
        // Comments on the handler, where it has some, would say other things: those are for its readers.
        (operation.Summary, operation.Description) = (doc.Summary, doc.Description);
        operation.OperationId = OperationNames.Of(doc.Summary);
        operation.Parameters ??= [];
        foreach (Match name in PathParameter().Matches(context.Description.RelativePath ?? ""))
        {
            operation.Parameters.Add(DocumentedParameters.Path(name.Groups[1].Value));
        }
        foreach (var name in doc.Query)
        {
            operation.Parameters.Add(DocumentedParameters.Query(name));
        }
        if (context.Description is { RelativePath: { } path, HttpMethod: not "GET" } && path.StartsWith("v1/", StringComparison.Ordinal))
        {
            operation.Parameters.Add(DocumentedParameters.IdempotencyKey());
        }
        foreach (var condition in context.Description.ActionDescriptor.EndpointMetadata.OfType<ConditionalDoc>())
        {
            operation.Parameters.Add(DocumentedParameters.Condition(condition.Header));
        }
        AddExamples(operation, doc);
        AddAccess(operation, context);
        return Task.CompletedTask;
    }

    /// <summary>A key needs one of the scopes; that of one customer also an address that is about it.</summary>
    private static void AddAccess(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) != true)
        {
            return;
        }
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        string[] scopes = metadata.OfType<IAuthorizeData>().Any(data => data.Policy == GatewayPolicies.Operator)
            ? [GatewayPolicies.Operator]
            : ScopeText.Names(metadata.OfType<NeedsScopeAttribute>().LastOrDefault()?.AnyOf
                ?? KeyAccess.Default(context.Description.HttpMethod ?? ""));
        operation.Security = [.. scopes.SelectMany(scope => Schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [scope],
        }))];
        var customers = metadata.OfType<CustomerOwned>().Any() ? " A key of one customer will do for its own." : "";
        operation.Description += $" Needs the scope {string.Join(" or ", scopes.Select(scope => $"`{scope}`"))}.{customers}";
    }

    private static void AddExamples(OpenApiOperation operation, OperationDoc doc)
    {
        if (doc.RequestExample is not null && operation.RequestBody?.Content is { } request
            && request.TryGetValue("application/json", out var body))
        {
            Set(body, doc.RequestExample);
        }
        if (doc.CsvExample is not null && operation.RequestBody?.Content is { } bodies && bodies.TryGetValue(CsvBodyReader.MediaType, out var csv))
        {
            (csv.Schema, csv.Example) = (new OpenApiSchema { Type = JsonSchemaType.String }, JsonValue.Create(doc.CsvExample));
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
