using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What other products' clients send (docs/compat.md): not in our document, so it is described here.</summary>
internal static class FuzzForeign
{
    /// <summary>Where Lago's clients send to: refusals have Lago's form.</summary>
    public const string Lago = "/compat/lago/";

    private const string CloudEvent = """
        { "type": "object", "required": [ "specversion", "id", "source", "type", "subject" ], "properties": {
          "specversion": { "type": "string", "enum": [ "1.0" ] }, "id": { "type": "string" }, "source": { "type": "string" },
          "type": { "type": "string", "enum": [ "m-own", "energy", "register-own", "absent" ] },
          "subject": { "type": "string", "enum": [ "d-own", "loose-own", "quota-own", "absent" ] },
          "time": { "type": "string", "format": "date-time" },
          "data": { "type": "object", "required": [ "value" ], "properties": {
            "value": { "type": "string", "format": "decimal" }, "model": { "type": "string" }, "n": { "type": "number" }, "on": { "type": "boolean" } } } } }
        """;

    /// <remarks>Its ids are times, of which there are many: the same id with other content is refused.</remarks>
    private const string LagoEvent = """
        { "type": "object", "required": [ "transaction_id", "external_subscription_id", "code", "timestamp", "properties" ], "properties": {
          "transaction_id": { "type": "string", "format": "date-time" },
          "external_subscription_id": { "type": "string", "enum": [ "d-own" ] },
          "code": { "type": "string", "enum": [ "m-own" ] }, "timestamp": { "type": "string", "format": "date-time" },
          "properties": { "type": "object", "required": [ "value" ], "properties": {
            "value": { "type": "string", "format": "decimal" }, "device": { "type": "string", "enum": [ "d-own" ] }, "operation_type": { "type": "string" } } } } }
        """;

    private static readonly int[] Common = [400, 401, 403, 408, 413, 415, 429, 503];

    public static readonly FuzzOperation[] Operations =
    [
        Operation("/compat/openmeter/api/v1/events", CloudEvent, "application/cloudevents+json", 204),
        Operation("/compat/openmeter/api/v1/events", $$"""{ "type": "array", "items": {{CloudEvent}} }""", "application/cloudevents-batch+json", 204),
        Operation(
            $"{Lago}api/v1/events", $$"""{ "type": "object", "required": [ "event" ], "properties": { "event": {{LagoEvent}} } }""",
            "application/json", 200, 422),
        Operation(
            $"{Lago}api/v1/events/batch",
            $$"""{ "type": "object", "required": [ "events" ], "properties": { "events": { "type": "array", "items": {{LagoEvent}} } } }""",
            "application/json", 200, 422),
    ];

    private static FuzzOperation Operation(string path, string schema, string type, params int[] own) => new(
        "POST", path, JsonDocument.Parse(schema).RootElement, null, [type], [], [.. Common, .. own], false);
}
