namespace OrleansBilling.Contracts.Jobs;

/// <summary>Items of one step of a job that are of one partition's devices.</summary>
/// <param name="Origin">Where the job's items begin in the log of its home: an id that is used again names another
/// job.</param>
/// <param name="First">Number of the step's first item, from 1: names the step.</param>
/// <param name="Items">In the order in which they are to be done.</param>
[GenerateSerializer, Immutable, Alias("billing.job-share")]
public sealed record JobShare(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Job,
    [property: Id(2)] string Kind,
    [property: Id(3)] long Origin,
    [property: Id(4)] int First,
    [property: Id(5)] JobItem[] Items);
