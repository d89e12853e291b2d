using NodaTime;
using OrleansBilling.Contracts.Jobs;

namespace OrleansBilling.Grains.Jobs;

/// <summary>A job: how far it is, and where its items and results are.</summary>
internal sealed class JobState
{
    private readonly JobHeld _begun;
    private readonly List<JobStep> _steps;

    public JobState(JobHeld held)
    {
        _begun = held with { Steps = null };
        _steps = [.. held.Steps ?? []];
        (Status, StartedAt, EndedAt) = (held.Status, held.StartedAt, held.EndedAt);
    }

    public JobSpec Spec => _begun.Spec;

    public string Status { get; private set; }

    public Instant? StartedAt { get; private set; }

    public Instant? EndedAt { get; private set; }

    public bool IsOver => EndedAt is not null;

    /// <summary>Steps that have their results: the first ones.</summary>
    public int StepsDone => _steps.Count;

    /// <summary>All of it, for a snapshot or a reader.</summary>
    public JobHeld Held => _begun with
    {
        Status = Status, StartedAt = StartedAt, EndedAt = EndedAt, Steps = [.. _steps],
    };

    private int Done => Math.Min(_steps.Count * JobHeld.StepSize, _begun.Total);

    public JobView View(Instant now) => new(
        Spec, Status, _begun.Total, Done, _steps.Sum(s => s.Failed), _begun.SubmittedAt, StartedAt, EndedAt, now);

    /// <param name="lsn">Where the results are.</param>
    public void Apply(JobProgressed fact, long lsn)
    {
        if (fact.Done is { } done)
        {
            _steps.Add(new(lsn, done.Failed));
        }
        if (fact.Status is { } status)
        {
            Status = status;
        }
        StartedAt ??= fact.Status == JobStatus.Cancelled ? null : fact.At;
        if (Done == _begun.Total || Status == JobStatus.Cancelled)
        {
            Status = Done == _begun.Total ? JobStatus.Finished : Status;
            EndedAt = fact.At;
        }
    }
}
