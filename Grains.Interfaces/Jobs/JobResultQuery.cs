namespace OrleansBilling.Contracts.Jobs;

/// <summary>Asks for results of a job.</summary>
/// <param name="After">Number of the item before the first one; 0 for the beginning.</param>
/// <param name="Failed">Only items that were refused, or only those that were not; null for all.</param>
/// <param name="Limit">Most results.</param>
[GenerateSerializer, Immutable, Alias("billing.job-result-query")]
public sealed record JobResultQuery(
    [property: Id(0)] string Job,
    [property: Id(1)] int After,
    [property: Id(2)] bool? Failed,
    [property: Id(3)] int Limit);
