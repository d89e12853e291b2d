using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>The parameters that operations share.</summary>
internal static class DocumentedParameters
{
    public static OpenApiParameter Path(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = name == "n" ? "Number of the line, from 1." : "The id, URL-escaped.",
        Schema = name == "n"
            ? new() { Type = JsonSchemaType.Integer, Minimum = "1" }
            : new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 128 },
    };

    /// <param name="name">Where several operations mean different things by a name, with what it is of and a colon before it.</param>
    public static OpenApiParameter Query(string name) => new()
    {
        Name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..],
        In = ParameterLocation.Query,
        Required = false,
        Description = DescriptionOf(name),
        Schema = SchemaOf(name),
    };

    /// <summary>The header that makes repeats of a changing call be answered like the first.</summary>
    public static OpenApiParameter IdempotencyKey() => new()
    {
        Name = Idempotency.IdempotencyMiddleware.Header,
        In = ParameterLocation.Header,
        Required = false,
        Description = "A text of your choice, for example a UUID: a repeat with the same key and content gets the same answer, for 31 days.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
    };

    /// <summary>A condition on the tag of the entity.</summary>
    public static OpenApiParameter Condition(string header) => new()
    {
        Name = header,
        In = ParameterLocation.Header,
        Required = false,
        Description = header == HeaderNames.IfMatch
            ? "The ETag with which the entity was read, in double quotes: it is changed only if it is still the same, else the answer is 412."
            : "ETags that the caller has, in double quotes: the answer is 304, without a body, when the entity still has one of them.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string DescriptionOf(string name) => name switch
    {
        "limit" => "Entries of a page.",
        "cursor" => "The 'next' of the page before.",
        "from" => "Billing periods that end later than this instant.",
        "to" => "Billing periods that begin before this instant.",
        "version" => "Version of the plan; the newest when left out.",
        "device" => "Only events of this device.",
        "meter" => "Only events of this meter.",
        "reason" => "Only events in quarantine for this reason.",
        "event" => "Only the event of this id.",
        "source" => "Source of the CloudEvent that 'event' names.",
        "at" => "An instant, of the billing period where one is asked for; now when left out.",
        "paper" => "Size of the pages: that of the customer's country when left out.",
        "entry:from" => "Entries of this instant or later, by the clock of the wall.",
        "entry:to" => "Entries before this instant.",
        "entry:actor" => "Only of this key, by its id, or of this subject of a token.",
        "entry:operation" => "Only of this operation, by its id in this document, such as changeCustomer.",
        "entry:kind" => "Only of entities of this kind, such as customer or grant.",
        "entry:entity" => "Only of entities of this id; where it is one of another, that one's id, a slash and its own.",
        "entry:trail" => "That of the tenant, or, for operator keys, that of operators: tenants and operator keys.",
        "split" => "By what each device used beyond its own (excess), or by all it used (usage).",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The parameter has no description."),
    };

    private static OpenApiSchema SchemaOf(string name) => name switch
    {
        "limit" => new()
        {
            Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "1000", Default = JsonValue.Create(100),
        },
        "version" => new() { Type = JsonSchemaType.Integer, Minimum = "1" },
        "split" => new()
        {
            Type = JsonSchemaType.String, Enum = [JsonValue.Create("excess"), JsonValue.Create("usage")], Default = JsonValue.Create("excess"),
        },
        "paper" => new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create("a4"), JsonValue.Create("letter")] },
        "entry:trail" => new()
        {
            Type = JsonSchemaType.String, Enum = [JsonValue.Create("tenant"), JsonValue.Create("operators")], Default = JsonValue.Create("tenant"),
        },
        "at" or "from" or "to" or "entry:from" or "entry:to" => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ => new() { Type = JsonSchemaType.String },
    };
}
