using Microsoft.AspNetCore.Http.Json;
using OrleansBilling.Gateway.Api;
using Scalar.AspNetCore;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>The OpenAPI document and the reference page, which loads nothing from other sites.</summary>
internal static class DocumentationHosting
{
    public static void AddGatewayDocumentation(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer<DocumentTransformer>();
            options.AddOperationTransformer<OperationTransformer>();
            options.AddSchemaTransformer<SchemaTransformer>();
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.ShouldInclude = description =>
                description.RelativePath is { } path && (path.StartsWith("v1/", StringComparison.Ordinal) || $"/{path}" == PlanSchemaEndpoint.Address);
        });
    }

    public static void MapGatewayDocumentation(this IEndpointRouteBuilder routes)
    {
        PlanSchemaEndpoint.Map(routes);
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/docs", scalar => scalar
            .WithTitle("OrleansBilling API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton());
    }
}
