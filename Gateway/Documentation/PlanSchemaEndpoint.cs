namespace OrleansBilling.Gateway.Documentation;

/// <summary>The JSON Schema of the plan format: <c>docs/plan.schema.json</c> of the source, word for word.</summary>
internal static class PlanSchemaEndpoint
{
    public const string Address = "/schemas/plan.json";

    private const string MediaType = "application/schema+json";

    private static readonly Lazy<byte[]> Schema = new(Read);

    /// <summary>Needs a key, as the OpenAPI document does.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, () => Results.Bytes(Schema.Value, MediaType))
            .Doc(new("Catalogue", "Read the schema of plans",
                "JSON Schema (draft 2020-12) of the plan format, for editors and validators: names, types, words and sizes. What a "
                + "plan says as a whole is checked on publishing."))
            .Produces(200, contentType: MediaType).Problems(401, 503);

    private static byte[] Read()
    {
        using var stream = typeof(PlanSchemaEndpoint).Assembly.GetManifestResourceStream("plan.schema.json")
            ?? throw new InvalidOperationException("The program was built without docs/plan.schema.json.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
