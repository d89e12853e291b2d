using System.Text.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads the JSON body of a command, strictly: whatever is not understood is refused, all of it at
/// once.</summary>
internal static class JsonBody
{
    public const string MediaType = "application/json";

    /// <summary>The body as <typeparamref name="T"/>.</summary>
    /// <exception cref="ProblemException">400 for broken JSON, 415 for another media type, 422 for what does not
    /// fit.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, int limitBytes = BodyLimit.Other) where T : class
    {
        RequireJson(context.Request);
        using var body = await RequestBody.ReadAsync(context, limitBytes);
        return Bind<T>(body.Bytes);
    }

    /// <summary>As <see cref="ReadAsync{T}"/>; an empty body is an empty object.</summary>
    public static async Task<T> ReadOptionalAsync<T>(HttpContext context) where T : class
    {
        if (context.Request.ContentLength is null or > 0)
        {
            RequireJson(context.Request);
        }
        using var body = await RequestBody.ReadAsync(context, BodyLimit.Other);
        return Bind<T>(body.Bytes.Length == 0 ? "{}"u8.ToArray() : body.Bytes);
    }

    /// <summary>The body as a document of a format that somebody else reads.</summary>
    public static async Task<JsonElement> ReadDocumentAsync(HttpContext context, int limitBytes)
    {
        RequireJson(context.Request);
        using var body = await RequestBody.ReadAsync(context, limitBytes);
        using var document = Parse(body.Bytes);
        return document.RootElement.Clone();
    }

    /// <summary>Refuses what is no JSON media type; this is also what keeps other sites' forms away from a browser's
    /// key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="allowed">What the refusal says would be taken.</param>
    public static void RequireJson(HttpRequest request, string allowed = MediaType)
    {
        if (!IsOf(request, MediaType, "+json"))
        {
            throw new ProblemException(Problem.MediaTypeUnsupported(allowed));
        }
    }

    /// <summary>Whether the body is of a media type, or of one with its suffix.</summary>
    public static bool IsOf(HttpRequest request, string mediaType, string suffix)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        var media = (end < 0 ? type : type[..end]).Trim();
        return media.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || media.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Parses a whole document.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException broken)
        {
            throw new ProblemException(Problem.BrokenJson(broken));
        }
    }

    private static T Bind<T>(ReadOnlyMemory<byte> json) where T : class
    {
        using var document = Parse(json);
        var errors = new List<ProblemError>();
        try
        {
            var value = BodyBinder.Bind(typeof(T), document.RootElement, "", errors);
            return errors.Count == 0 ? (T)value! : throw new ProblemException(Problem.Invalid(errors));
        }
        catch (InvalidOperationException)
        {
            // A property name with an escaped half of a surrogate pair cannot be made a string.
            throw new ProblemException(new(400, "request.utf8_broken", "A property name is no valid Unicode text."));
        }
    }
}
