using System.Text.Json;

namespace OrleansBilling.Gateway.Problems;

/// <summary>The problems that several places answer.</summary>
public static class Problem
{
    /// <summary>404: the same for what does not exist and for what belongs to another tenant.</summary>
    public static ApiProblem NotFound(string concept, string id) =>
        new(404, $"{concept}.unknown", $"There is no {concept} '{Shorten(id)}'.");

    /// <summary>404 for an address that names nothing.</summary>
    public static ApiProblem NoSuchAddress() =>
        new(404, "request.address_unknown", "Nothing has this address. GET /openapi/v1.json lists every address.");

    /// <summary>401.</summary>
    public static ApiProblem Unauthenticated() => new(401, "auth.key_missing_or_unknown",
        "Send 'Authorization: Bearer KEY' with a valid API key, or HTTP Basic with the key as the password. A portal token, shown the same way, ends soon and with its key: get a new one.");

    /// <summary>403 without more to say.</summary>
    public static ApiProblem Forbidden() => new(403, "auth.forbidden", "This key may not do this.");

    /// <summary>403: for operators.</summary>
    public static ApiProblem OperatorKeyNeeded() =>
        new(403, "auth.operator_key_needed", "Only an operator's key may do this.");

    /// <summary>403: the key lacks a scope.</summary>
    public static ApiProblem ScopeMissing(string[] anyOf, string[] granted) => new(403, "auth.scope_missing",
        $"This needs a key with the scope {string.Join(" or ", anyOf.Select(name => $"'{name}'"))}; this one has "
        + $"{(granted.Length == 0 ? "none" : string.Join(", ", granted))}.");

    /// <summary>403: the key is one customer's, and the address is not about a customer.</summary>
    public static ApiProblem CustomerKey() => new(403, "auth.customer_key",
        "A key of one customer reads that customer, its subscriptions and invoices; this needs a key of the whole tenant.");

    /// <summary>403: tokens cannot make tokens, nor can keys that somebody chose.</summary>
    public static ApiProblem MadeKeyNeeded() => new(403, "auth.made_key_needed",
        "Portal tokens are made with an API key of the whole tenant that this server made; make one with POST /v1/keys.");

    /// <summary>409: a copy of the call is being carried out.</summary>
    public static ApiProblem CallRunning() => new(409, "idempotency.running",
        "The same call is being carried out; send it again in a moment for its answer.")
    {
        RetryAfterSeconds = 1,
    };

    /// <summary>422: the idempotency key belongs to another request.</summary>
    public static ApiProblem IdempotencyKeyReused() => Invalid([new(
        "idempotency.key_reused", "This Idempotency-Key was used for another address or content; every call needs one of its own.", null,
        "Idempotency-Key")]);

    /// <summary>409: the answer shows a secret, and was sealed with another API key.</summary>
    public static ApiProblem AnsweredToAnotherKey() => new(409, "idempotency.other_api_key",
        "This call was answered to another API key, and its answer shows a secret that only that key can open. Make another one.");

    /// <summary>413.</summary>
    public static ApiProblem TooLarge(long limitBytes) => new(413, "request.body_too_large",
        $"The body may have at most {limitBytes / (1024 * 1024)} MiB here. Send less at once.");

    /// <summary>415.</summary>
    public static ApiProblem MediaTypeUnsupported(string allowed) =>
        new(415, "request.media_type_unsupported", $"Send the body as {allowed}.") { Allowed = allowed };

    /// <summary>422 about values in the body or the query.</summary>
    public static ApiProblem Invalid(IReadOnlyList<ProblemError> errors) => new(422,
        errors.Count == 1 ? errors[0].Code : "request.invalid",
        errors.Count == 1 ? errors[0].Message : $"{errors.Count} values are wrong; see errors.") { Errors = errors };

    /// <summary>422 about one value of the body.</summary>
    public static ApiProblem Invalid(string code, string message, string pointer) =>
        Invalid([new(code, message, pointer)]);

    /// <summary>422 about one query parameter.</summary>
    public static ApiProblem InvalidParameter(string parameter, string message) =>
        Invalid([new("request.parameter_invalid", message, null, parameter)]);

    /// <summary>400: JSON that ends or breaks in the wrong place. Nothing of the request was carried out.</summary>
    public static ApiProblem BrokenJson(JsonException broken)
    {
        var line = (broken.LineNumber ?? 0) + 1;
        var at = (broken.BytePositionInLine ?? 0) + 1;
        return new(400, "request.json_broken",
            $"The body is no valid JSON: line {line}, byte {at}. Nothing of it was carried out.")
        {
            Position = (line, at),
        };
    }

    /// <summary>429.</summary>
    public static ApiProblem TooMany() =>
        new(429, "request.too_many", "Too much is being sent at once; slow down and try again.")
        {
            RetryAfterSeconds = 1,
        };

    /// <summary>503: part of the cluster cannot answer now.</summary>
    public static ApiProblem Unavailable() => new(503, "cluster.unavailable",
        "The part of the cluster that owns this cannot answer now. Send the same request again, with the same ids.")
    {
        RetryAfterSeconds = 1,
    };

    private static string Shorten(string id) => id.Length <= 128 ? id : $"{id[..128]}…";
}
