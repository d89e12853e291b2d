using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Schemas of types that have a form of their own in JSON.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Instant))
        {
            Text(schema, "date-time", null, "2026-01-31T08:00:00Z");
        }
        else if (type == typeof(decimal))
        {
            Text(schema, "decimal", @"^-?\d+(\.\d+)?$", "12.5");
            if (context.JsonPropertyInfo is { Name: "value" } property && property.DeclaringType == typeof(UsageEventShape))
            {
                // Devices send numbers; they are read digit by digit, never as binary fractions.
                schema.Type |= JsonSchemaType.Number;
            }
        }
        else if (type == typeof(Money))
        {
            Text(schema, "decimal", @"^-?\d+(\.\d+)?$", "12.50");
        }
        else if (type == typeof(Currency))
        {
            Text(schema, "iso-4217", "^[A-Z]{3}$", "EUR");
        }
        else if (type == typeof(TimeSpan))
        {
            Text(schema, "duration", null, "PT1H");
        }
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable))
        {
            // What is null is left out.
            schema.Required?.Remove(property.Name);
        }
        return Task.CompletedTask;
    }

    private static void Text(OpenApiSchema schema, string format, string? pattern, string example)
    {
        schema.Type = schema.Type is { } old && old.HasFlag(JsonSchemaType.Null)
            ? JsonSchemaType.String | JsonSchemaType.Null
            : JsonSchemaType.String;
        schema.Format = format;
        schema.Pattern = pattern;
        schema.Properties = null;
        schema.Required = null;
        schema.Examples = [JsonValue.Create(example)];
    }
}
