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

    /// <param name="name">Of the parameter; where it means something of its own at an operation, with a word for that behind a bar.</param>
    public static OpenApiParameter Query(string name) => new()
    {
        Name = name.Split('|')[0],
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
        "from|posted" => "Entries that were posted at or after this instant; needed.",
        "to|posted" => "Entries that were posted before this instant; needed.",
        "currency" => "Only of this currency.",
        "format" => "As CSV, or as lines of JSON.",
        "from|rates" => "ISO date: rates from this day on.",
        "to|rates" => "ISO date: rates through this day.",
        "date" => "ISO date: the day whose rates are asked for.",
        "source|rates" => "Who published the rates, such as ECB.",
        "replace" => "Whether another rate of the same day takes the place of the one that is known.",
        "amount" => "In major units; needed.",
        "from|currency" => "ISO 4217 code of the amount; needed.",
        "to|currency" => "ISO 4217 code of what comes out; needed.",
        "from|periodEnd" => "Billing periods that end then or later; 31 days before 'to' when left out.",
        "to|periodEnd" => "Billing periods that end before; now and a moment when left out. At most 366 days after 'from'.",
        "hold" => "Only drafts that wait for this reason, such as review.required.",
        "version" => "Version of the plan; the newest when left out.",
        "device" => "Only events of this device.",
        "meter" => "Only events of this meter.",
        "reason" => "Only events in quarantine for this reason.",
        "event" => "Only the event of this id.",
        "source" => "Source of the CloudEvent that 'event' names.",
        "at" => "An instant, of the billing period where one is asked for; now when left out.",
        "kind" => "Of a job that is sent as CSV or as lines of JSON: devices, assignments or states.",
        "id" => "Of a job that is sent as CSV or as lines of JSON, chosen by you; by the server when left out.",
        "outcome" => "Only items that succeeded, or only those that failed.",
        "paper" => "Size of the pages: that of the customer's country when left out.",
        "language" => "BCP 47 tag of the language, such as pt-BR; the customer's when left out.",
        "legalEntity" => "Documents of this legal entity; those of all that say nothing of their own when left out.",
        "from|entry" => "Entries of this instant or later, by the clock of the wall.",
        "to|entry" => "Entries before this instant.",
        "actor|entry" => "Only of this key, by its id, or of this subject of a token.",
        "operation|entry" => "Only of this operation, by its id in this document, such as changeCustomer.",
        "kind|entry" => "Only of entities of this kind, such as customer or grant.",
        "entity|entry" => "Only of entities of this id; where it is one of another, that one's id, a slash and its own.",
        "trail|entry" => "That of the tenant, or, for operator keys, that of operators: tenants and operator keys.",
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
        "kind" => new()
        {
            Type = JsonSchemaType.String,
            Enum = [JsonValue.Create("devices"), JsonValue.Create("assignments"), JsonValue.Create("states")],
        },
        "outcome" => new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create("succeeded"), JsonValue.Create("failed")] },
        "paper" => new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create("a4"), JsonValue.Create("letter")] },
        "from|rates" or "to|rates" or "date" => new() { Type = JsonSchemaType.String, Format = "date" },
        "replace" => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        "format" => new()
        {
            Type = JsonSchemaType.String, Enum = [JsonValue.Create("csv"), JsonValue.Create("jsonl")], Default = JsonValue.Create("csv"),
        },
        "trail|entry" => new()
        {
            Type = JsonSchemaType.String, Enum = [JsonValue.Create("tenant"), JsonValue.Create("operators")], Default = JsonValue.Create("tenant"),
        },
        "at" or "from" or "to" or "from|posted" or "to|posted" or "from|periodEnd" or "to|periodEnd" or "from|entry" or "to|entry" => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ => new() { Type = JsonSchemaType.String },
    };
}
