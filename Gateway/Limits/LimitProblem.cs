using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Limits;

/// <summary>429: what was too much, and what to do.</summary>
internal static class LimitProblem
{
    /// <param name="what"><c>requests</c> or <c>events</c>.</param>
    /// <param name="perSecond">The limit.</param>
    /// <param name="wait">Until something will be taken again.</param>
    public static ApiProblem TooFast(string what, int perSecond, TimeSpan wait) => new(429, $"limit.{what}_per_second",
        $"This key may send {perSecond} {what} a second. Nothing of this request was carried out: wait as long as Retry-After says and "
        + "send it again with the same ids"
        + (what == "requests" ? ", or put more into a request." : "."))
    {
        RetryAfterSeconds = (int)Math.Min(int.MaxValue, Math.Ceiling(wait.TotalSeconds)),
    };

    public static ApiProblem TooManyCalls(int limit) => new(429, "limit.calls_at_once",
        $"{limit} calls of this tenant are under way here, and no more are taken. Wait for answers before sending more.")
    {
        RetryAfterSeconds = 1,
    };

    public static ApiProblem TooManyHeavyCalls(int limit) => new(429, "limit.heavy_calls_at_once",
        $"{limit} calls of this tenant that read or change much are under way here. Send them one after the other.")
    {
        RetryAfterSeconds = 1,
    };

    public static ApiProblem TooManyBytes(long limit) => new(429, "limit.bytes_at_once",
        $"Requests of this tenant that are being read come to {limit / (1024 * 1024)} MiB here, and no more is taken. Send fewer at a time.")
    {
        RetryAfterSeconds = 1,
    };
}
