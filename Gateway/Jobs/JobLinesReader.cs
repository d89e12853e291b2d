using System.Text.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>
/// Reads items of a job from lines of JSON, one in each. A line that is no JSON refuses the whole body.
/// </summary>
internal static class JobLinesReader
{
    /// <summary>The media type that is documented.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <summary>Reads a body.</summary>
    /// <exception cref="ProblemException">400 with the line that is broken.</exception>
    public static void Read(ReadOnlyMemory<byte> body, JobItemReader into)
    {
        for (var line = 1; body.Length > 0; line++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var text = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (text.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                ReadLine(text, line, into);
            }
        }
    }

    private static void ReadLine(ReadOnlyMemory<byte> text, int line, JobItemReader into)
    {
        JsonDocument item;
        try
        {
            item = JsonDocument.Parse(text);
        }
        catch (JsonException broken)
        {
            var at = (broken.BytePositionInLine ?? 0) + 1;
            throw new ProblemException(new(
                400, "request.json_broken",
                $"Line {line} is no valid JSON: byte {at}. Nothing of the body was carried out.")
            {
                Position = (line, at),
            });
        }
        using (item)
        {
            into.Read(item.RootElement, line);
        }
    }
}
