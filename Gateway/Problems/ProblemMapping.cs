using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Gateway.Problems;

/// <summary>Which problem answers which exception or bare status.</summary>
internal static class ProblemMapping
{
    public static ApiProblem Of(Exception error) => error switch
    {
        ProblemException expected => expected.Problem,
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        // Cancelled by the cluster, that is: a call that found no silo in time. For a caller who left nobody asks.
        PartitionUnavailableException or TimeoutException or OrleansException or OperationCanceledException =>
            Problem.Unavailable(),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => OfStatus(500),
    };

    public static ApiProblem OfStatus(int status) => status switch
    {
        401 => Problem.Unauthenticated(),
        403 => Problem.Forbidden(),
        404 => Problem.NoSuchAddress(),
        405 => new(405, "request.method_not_allowed", "This address does not take that method; see the Allow header."),
        408 => new(408, "request.too_slow", "The body came too slowly and the connection was given up."),
        413 => new(413, "request.body_too_large", "The body is too large. Send less at once."),
        415 => new(415, "request.media_type_unsupported", "This address does not take that media type."),
        429 => Problem.TooMany(),
        503 => Problem.Unavailable(),
        >= 500 => new(status, "internal.error",
            "Something is wrong on our side. The trace id finds it in the logs; the request may be sent again."),
        _ => new(status, "request.bad", "The request cannot be understood as HTTP for this address."),
    };
}
