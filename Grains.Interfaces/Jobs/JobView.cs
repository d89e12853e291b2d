using NodaTime;

namespace OrleansBilling.Contracts.Jobs;

/// <summary>A job as it is. Times are of the wall clock, also for tenants with a test clock.</summary>
/// <param name="Status">One of <see cref="JobStatus"/>.</param>
/// <param name="Total">Items.</param>
/// <param name="Done">Items with a result: the first ones.</param>
/// <param name="Failed">Those of them that were refused.</param>
/// <param name="StartedAt">When its first item was begun; null before.</param>
/// <param name="EndedAt">When it was finished or cancelled; null before.</param>
/// <param name="AsOf">When this was asked.</param>
[GenerateSerializer, Immutable, Alias("billing.job")]
public sealed record JobView(
    [property: Id(0)] JobSpec Spec,
    [property: Id(1)] string Status,
    [property: Id(2)] int Total,
    [property: Id(3)] int Done,
    [property: Id(4)] int Failed,
    [property: Id(5)] Instant SubmittedAt,
    [property: Id(6)] Instant? StartedAt,
    [property: Id(7)] Instant? EndedAt,
    [property: Id(8)] Instant AsOf);
