using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Names of the schemas; null puts a schema where it is used.</summary>
internal static class SchemaNames
{
    private const string Shape = "Shape";

    public static string? Of(JsonTypeInfo type)
    {
        if (type.Type == typeof(Instant) || type.Type == typeof(Money) || type.Type == typeof(JsonElement))
        {
            return null;
        }
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(Shape, StringComparison.Ordinal) == true ? name[..^Shape.Length] : name;
    }
}
