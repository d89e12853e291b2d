using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Title, introduction and the two ways to send a key.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private const string Introduction = """
        Real-time rating and billing of usage: devices report, every event is deduplicated and rated at once, customers
        see running bills and get invoices that explain every cent.

        Money and quantities are decimal strings. Times are RFC 3339 with an offset, and UTC in answers. Ids are 1 to 128
        printable characters of your choice. `POST` of an id that exists answers 200 when the content is the same and 409
        when it differs. Errors are RFC 9457 problems with a stable `code` and `errors: [{pointer, code, message}]`.
        """;

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = "OrleansBilling", Version = "v1", Description = Introduction };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The API key of a tenant.",
            },
            ["basic"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "Any user name, the API key as password.",
            },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("basic", document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
