namespace OrleansBilling.Gateway.Problems;

/// <summary>The title that goes with a status; the code and the detail say more.</summary>
internal static class ProblemTitles
{
    public static string Of(int status) => status switch
    {
        400 => "The request cannot be read",
        401 => "An API key is needed",
        403 => "This key may not do that",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "No such representation",
        408 => "The request came too slowly",
        409 => "Conflict with what exists",
        412 => "It is not as you have seen it",
        413 => "The body is too large",
        415 => "Media type not supported",
        422 => "The request makes no sense",
        429 => "Too many requests",
        503 => "Not available now",
        _ => status >= 500 ? "Internal error" : "Bad request",
    };
}
