using NodaTime;
using OrleansBilling.Contracts.Jobs;

namespace OrleansBilling.Grains.Jobs;

/// <summary>Jobs of a tenant. A bounded number is kept, and each for a bounded time after its end.</summary>
internal sealed class JobBook
{
    private static readonly Duration KeptFor = Duration.FromDays(JobLimits.KeptDays);

    private readonly SortedDictionary<string, JobState> _all = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _running = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IEnumerable<JobState> All => _all.Values;

    /// <summary>Ids of those that are not over.</summary>
    public IReadOnlyCollection<string> Running => _running;

    public JobState? Find(string id) => _all.GetValueOrDefault(id);

    public void Apply(JobSubmitted fact)
    {
        var job = _all[fact.Job.Spec.Id] = new(fact.Job);
        if (job.IsOver)
        {
            return;
        }
        _running.Add(fact.Job.Spec.Id);
        foreach (var old in Over().OrderBy(j => j.EndedAt).SkipLast(JobLimits.MaxKept).ToArray())
        {
            _all.Remove(old.Spec.Id);
        }
    }

    public void Apply(JobProgressed fact, long lsn)
    {
        var job = _all[fact.Job];
        job.Apply(fact, lsn);
        if (job.IsOver)
        {
            _running.Remove(fact.Job);
        }
    }

    /// <summary>Drops jobs that were over long ago.</summary>
    public void Forget(Instant now)
    {
        foreach (var old in Over().Where(j => j.EndedAt + KeptFor <= now).ToArray())
        {
            _all.Remove(old.Spec.Id);
        }
    }

    public IEnumerable<object> Facts(string tenant) => _all.Values.Select(job => new JobSubmitted(tenant, job.Held));

    private IEnumerable<JobState> Over() => _all.Values.Where(job => job.IsOver);
}
