namespace OrleansBilling.Contracts.Jobs;

/// <summary>A job to take over.</summary>
/// <param name="Id">1–128 characters; unique among the tenant's jobs that are kept.</param>
/// <param name="Kind">One of <see cref="JobKind"/>.</param>
/// <param name="Columns">Columns of its items as CSV, in their order.</param>
/// <param name="Fingerprint">Hash of kind and items: the same id again must have the same.</param>
[GenerateSerializer, Immutable, Alias("billing.job-spec")]
public sealed record JobSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string[] Columns,
    [property: Id(3)] string Fingerprint);
