using System.Text.Json;

namespace OrleansBilling.Gateway.Problems;

/// <summary>An answer that says what went wrong, in the form of RFC 9457.</summary>
/// <param name="Status">HTTP status, 400–599.</param>
/// <param name="Code">Stable dotted code; also the end of the problem's type.</param>
/// <param name="Detail">A sentence for people; never a stack trace.</param>
public sealed record ApiProblem(int Status, string Code, string Detail)
{
    /// <summary>Media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Everything that is wrong, in the order it was found; empty when the detail says it all.</summary>
    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>When to try again; null when trying again does not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Where broken text is: line and, of JSON, byte in the line, both from 1; null for other problems.</summary>
    public (long Line, long? Byte)? Position { get; init; }

    /// <summary>Media types or methods that would be taken, for the header that goes with 405 or 415; null for
    /// others.</summary>
    public string? Allowed { get; init; }

    /// <summary>The problem as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json, string? traceId)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, $"/problems/{Code}");
        json.WriteString("title"u8, ProblemTitles.Of(Status));
        json.WriteNumber("status"u8, Status);
        json.WriteString("detail"u8, Detail);
        json.WriteString("code"u8, Code);
        if (Position is { } at)
        {
            json.WriteNumber("line"u8, at.Line);
            if (at.Byte is { } place)
            {
                json.WriteNumber("byte"u8, place);
            }
        }
        WriteErrors(json);
        if (traceId is not null)
        {
            json.WriteString("traceId"u8, traceId);
        }
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        if (Errors.Count == 0)
        {
            return;
        }
        json.WriteStartArray("errors"u8);
        foreach (var error in Errors)
        {
            json.WriteStartObject();
            WriteOptional(json, "pointer", error.Pointer);
            WriteOptional(json, "parameter", error.Parameter);
            if (error.At is { } position)
            {
                json.WriteNumber("line"u8, position.Line);
                json.WriteNumber("column"u8, position.Column);
            }
            json.WriteString("code"u8, error.Code);
            json.WriteString("message"u8, error.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
