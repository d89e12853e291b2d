using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// The newest step of each job in this partition, with its answer: a job's next step begins only when the one before
/// is in its results, so older ones are never asked again.
/// </summary>
internal sealed class JobShares
{
    /// <summary>Jobs of a tenant that are remembered, far more than may run at once.</summary>
    private const int MostJobs = 8 * JobLimits.MaxRunning;

    private readonly Dictionary<string, List<JobShareDone>> _byTenant = new(StringComparer.Ordinal);

    /// <summary>The answer that a step was given before; null when it is to be done.</summary>
    /// <exception cref="PartitionUnavailableException">A later one was done: whoever asks is not the job's owner any
    /// more.</exception>
    public JobOutcomes? Find(JobShare share)
    {
        var newest = _byTenant.GetValueOrDefault(share.Tenant)?.Find(done => done.Job == share.Job);
        return newest is null || (newest.Origin, newest.First).CompareTo((share.Origin, share.First)) < 0 ? null
            : (newest.Origin, newest.First) == (share.Origin, share.First) ? newest.Outcomes
            : throw new PartitionUnavailableException($"Job '{share.Job}' is carried on by somebody else.");
    }

    public void Apply(JobShareDone fact)
    {
        if (!_byTenant.TryGetValue(fact.Tenant, out var newest))
        {
            newest = _byTenant[fact.Tenant] = [];
        }
        newest.RemoveAll(done => done.Job == fact.Job);
        newest.Add(fact);
        if (newest.Count > MostJobs)
        {
            newest.RemoveAt(0);
        }
    }

    public IEnumerable<object> Facts() => _byTenant.Values.SelectMany(newest => newest);
}
