using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Jobs;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// Items of a job. They stay in the archive and in no memory or snapshot; <see cref="JobSubmitted"/> says where they
/// are.
/// </summary>
/// <param name="First">Number of the first one, from 1.</param>
internal sealed record JobItemsStored(string Tenant, string Job, int First, JobItem[] Items);

/// <summary>
/// A job is taken over: from here on it is carried on whatever crashes. In snapshots with what was done since.
/// </summary>
internal sealed record JobSubmitted(string Tenant, JobHeld Job);

/// <summary>A job went on.</summary>
/// <param name="Done">Results of the next step; they too stay in the archive.</param>
/// <param name="Status">What it is from now on, one of <see cref="JobStatus"/>; null where the results say it.</param>
internal sealed record JobProgressed(
    string Tenant, string Job, Instant At, JobOutcomes? Done = null, string? Status = null);

/// <summary>
/// In the partition of devices, written together with what was done to them: the step's answer, so that a repeat
/// answers the same. Also in snapshots.
/// </summary>
/// <param name="Origin">Where the job's items begin in the log of its home.</param>
/// <param name="First">Number of the step's first item.</param>
internal sealed record JobShareDone(string Tenant, string Job, long Origin, int First, JobOutcomes Outcomes);

/// <summary>A job without its items and results, which are read from the archive.</summary>
/// <param name="Items">Positions of <see cref="JobItemsStored"/>, one for each step.</param>
/// <param name="Steps">What is done; null for nothing.</param>
/// <param name="By">Who submitted it: what it does to devices is done for them; null for nobody in particular.</param>
internal sealed record JobHeld(
    JobSpec Spec,
    int Total,
    Instant SubmittedAt,
    long[] Items,
    string Status = JobStatus.Running,
    Instant? StartedAt = null,
    Instant? EndedAt = null,
    JobStep[]? Steps = null,
    ChangeCaller? By = null)
{
    /// <summary>
    /// Items that are done together: one call of each partition concerned, and one record of results.
    /// </summary>
    public const int StepSize = 256;

    /// <summary>Items of a step, from 0.</summary>
    public int SizeOf(int step) => Math.Min(StepSize, Total - (step * StepSize));
}

/// <summary>A step that is done.</summary>
/// <param name="Lsn">Position of its results.</param>
/// <param name="Failed">Items of it that were refused.</param>
internal sealed record JobStep(long Lsn, int Failed);
