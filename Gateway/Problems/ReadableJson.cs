using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansBilling.Gateway.Problems;

/// <summary>JSON for people and programs: only what JSON demands is escaped. It is never put into a page.</summary>
internal static class ReadableJson
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonWriterOptions Options { get; } = new() { Encoder = Encoder, SkipValidation = true };
}
