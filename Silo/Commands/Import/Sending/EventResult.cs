using System.Text.Json;

namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>The server's word on one event.</summary>
/// <param name="Status">accepted, duplicate, conflict, late, quarantined or rejected.</param>
/// <param name="Reason">The code, where there is one.</param>
internal readonly record struct EventResult(string Status, string? Reason)
{
    private static readonly string[] Known = ["accepted", "duplicate", "conflict", "late", "quarantined", "rejected"];

    /// <summary>Reads the answer to a batch: one result an event, in the batch's order.</summary>
    /// <exception cref="Api.ApiException">Not such an answer.</exception>
    public static EventResult[] ReadAnswer(byte[] body, int expected)
    {
        using var document = JsonDocument.Parse(body);
        var results = document.RootElement.GetProperty("results");
        if (results.GetArrayLength() != expected)
        {
            throw new Api.ApiException(
                $"The server answered {results.GetArrayLength()} results to a batch of {expected} events.");
        }

        var read = new EventResult[expected];
        var index = 0;
        foreach (var result in results.EnumerateArray())
        {
            read[index++] = Read(result);
        }

        return read;
    }

    private static EventResult Read(JsonElement result)
    {
        var status = result.GetProperty("status");
        foreach (var known in Known)
        {
            if (status.ValueEquals(known))
            {
                return new(known, known is "accepted" or "duplicate" ? null : ReasonOf(result));
            }
        }

        return new(status.ToString(), ReasonOf(result));
    }

    private static string? ReasonOf(JsonElement result) =>
        Text(result, "code") ?? Text(result, "reason") ?? Text(result, "message");

    private static string? Text(JsonElement result, string name) =>
        result.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()
            : null;
}
