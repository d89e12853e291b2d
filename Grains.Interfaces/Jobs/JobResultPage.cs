using OrleansBilling.Contracts.Devices;

namespace OrleansBilling.Contracts.Jobs;

/// <summary>Results of a job.</summary>
/// <param name="Kind">Of the job.</param>
/// <param name="Columns">Columns of its items as CSV.</param>
/// <param name="Results">By number.</param>
/// <param name="Next">Number of the last one; null when there are no more now.</param>
[GenerateSerializer, Immutable, Alias("billing.job-result-page")]
public sealed record JobResultPage(
    [property: Id(0)] string Kind,
    [property: Id(1)] string[] Columns,
    [property: Id(2)] JobItemResult[] Results,
    [property: Id(3)] int? Next);

/// <summary>What became of one item.</summary>
/// <param name="Number">Place in the job, from 1.</param>
/// <param name="Outcome">As the single call would answer.</param>
[GenerateSerializer, Immutable, Alias("billing.job-item-result")]
public sealed record JobItemResult(
    [property: Id(0)] int Number,
    [property: Id(1)] JobItem Item,
    [property: Id(2)] DeviceOutcome Outcome);
