using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Jobs;

/// <summary>A tenant's bulk jobs; the key is the tenant.</summary>
[GrainInterfaceType("billing.jobs")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes a job over: durable when answered, and carried on whatever crashes. The same again is Unchanged; a
    /// Conflict when the id names another job, or as many as may be are running.
    /// </summary>
    /// <param name="items">At most <see cref="JobLimits.MaxItems"/>, in the order in which they are to be done.</param>
    [Alias("submit")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<JobView>> Submit(JobSpec spec, JobItem[] items);

    /// <summary>A job, or null.</summary>
    [Alias("get")]
    Task<JobView?> Get(string id);

    /// <summary>Jobs by id.</summary>
    [Alias("list")]
    Task<Page<JobView>> List(string? after, int limit);

    /// <summary>Has a job end early: what was begun is ended, the rest is not done.</summary>
    [Alias("cancel")]
    Task<CommandResult<JobView>> Cancel(string id);

    /// <summary>Results by number of the item; null for no such job.</summary>
    [Alias("results")]
    [ResponseTimeout("00:01:00")]
    Task<JobResultPage?> Results(JobResultQuery query);
}
