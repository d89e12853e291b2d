using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads a picture that is the whole body.</summary>
internal static class ImageBody
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";

    /// <summary>Whether the body says that it is a picture.</summary>
    public static bool IsOne(HttpRequest request)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim();
        return type.Equals(Png, StringComparison.OrdinalIgnoreCase) || type.Equals(Jpeg, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The file.</summary>
    /// <exception cref="ProblemException">413 beyond the limit, 415 for another media type.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limitBytes)
    {
        if (!IsOne(context.Request))
        {
            throw new ProblemException(Problem.MediaTypeUnsupported($"{Png} or {Jpeg}"));
        }
        using var body = await RequestBody.ReadAsync(context, limitBytes, isText: false);
        return body.Bytes.ToArray();
    }
}
