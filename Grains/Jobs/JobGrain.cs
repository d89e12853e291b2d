using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// Shell around a tenant's <see cref="JobBook"/>. The <see cref="JobDriver"/> of the partition does the items.
/// </summary>
[Reentrant, GrainType("jobs"), PartitionPlacement]
internal sealed class JobGrain(PartitionHost host) : EntityGrain(host, EntityKind.Jobs), IJobGrain
{
    /// <summary>Records of items that are appended before the disk is waited for.</summary>
    private const int AtOnce = 16;

    public async Task<CommandResult<JobView>> Submit(JobSpec spec, JobItem[] items)
    {
        var home = await Home();
        if (Refusal(items.Length) is { } refusal)
        {
            return refusal;
        }
        if (await home.DoDurably(t => Known(t, home, spec)) is { } known)
        {
            return known;
        }
        var stored = await Store(home, spec.Id, items);
        return await home.DoDurably(t =>
        {
            if (Known(t, home, spec) is { } other)
            {
                // What was stored for this one is never looked at.
                return other;
            }
            t.Append(new JobSubmitted(Key.Tenant, new(spec, items.Length, Now(home), stored, By: ChangeCaller.Current)));
            return CommandResult.Created(t.State.Jobs(Key.Tenant).Find(spec.Id)!.View(Now(home)));
        });
    }

    public async Task<JobView?> Get(string id)
    {
        var home = await Home();
        return await home.DoDurably(t => t.State.Jobs(Key.Tenant).Find(id)?.View(Now(home)));
    }

    public async Task<Page<JobView>> List(string? after, int limit)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            JobView[] jobs = [.. t.State.Jobs(Key.Tenant).All
                .Where(j => after is null || string.CompareOrdinal(j.Spec.Id, after) > 0)
                .Take(limit + 1).Select(j => j.View(Now(home)))];
            return jobs.Length > limit ? new Page<JobView>(jobs[..limit], jobs[limit - 1].Spec.Id) : new(jobs, null);
        });
    }

    public async Task<CommandResult<JobView>> Cancel(string id)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (t.State.Jobs(Key.Tenant).Find(id) is not { } job)
            {
                return CommandResult.NotFound<JobView>("job.unknown", $"There is no job '{id}'.");
            }
            if (job.Status != JobStatus.Running)
            {
                return CommandResult.Unchanged(job.View(Now(home)));
            }
            // What was begun gets its results before the job is over.
            t.Append(new JobProgressed(
                Key.Tenant, id, Now(home), Status: job.StartedAt is null ? JobStatus.Cancelled : JobStatus.Cancelling));
            return CommandResult.Updated(job.View(Now(home)));
        });
    }

    public async Task<JobResultPage?> Results(JobResultQuery query)
    {
        var home = await Home();
        return await home.DoDurably(t => t.State.Jobs(Key.Tenant).Find(query.Job)?.Held) is { } job
            ? await JobResults.Read(Host.Store, home.Number, job, query)
            : null;
    }

    private static CommandResult<JobView>? Refusal(int items) => items switch
    {
        0 => CommandResult.Rejected<JobView>(new CommandError("job.empty", "The job has no items.", "/items")),
        > JobLimits.MaxItems => CommandResult.Rejected<JobView>(new CommandError(
            "job.too_many_items",
            $"A job takes at most {JobLimits.MaxItems} items, this one has {items}. Send it in parts.", "/items")),
        _ => null,
    };

    /// <summary>The answer when the job is not to be taken over, because it was or may not be now.</summary>
    private CommandResult<JobView>? Known(Partition.Turn t, Partition home, JobSpec spec)
    {
        var jobs = t.State.Jobs(Key.Tenant);
        if (jobs.Find(spec.Id) is { } known)
        {
            return known.Spec.Fingerprint == spec.Fingerprint
                ? CommandResult.Unchanged(known.View(Now(home)))
                : CommandResult.Conflict<JobView>("job.exists", "This id names another job.", "/id");
        }
        return jobs.Running.Count < JobLimits.MaxRunning
            ? null
            : CommandResult.Conflict<JobView>(
                "job.too_many_running",
                $"{JobLimits.MaxRunning} jobs are running; send this one when one of them is over.");
    }

    /// <summary>
    /// Writes the items, a record for each step, and waits for them by and by: a job does not fill the log's buffers.
    /// </summary>
    /// <returns>Their positions.</returns>
    private async Task<long[]> Store(Partition home, string job, JobItem[] items)
    {
        Host.ThrowIfOverloaded();
        var steps = items.Chunk(JobHeld.StepSize).ToArray();
        var positions = new long[steps.Length];
        foreach (var (step, chunk) in steps.Index())
        {
            positions[step] = home.Do(t =>
            {
                var lsn = t.NextLsn;
                t.Append(new JobItemsStored(Key.Tenant, job, (step * JobHeld.StepSize) + 1, chunk));
                return lsn;
            });
            if (step % AtOnce == AtOnce - 1)
            {
                await home.Durable(positions[step]);
            }
        }
        return positions;
    }

    private static Instant Now(Partition home) => Instant.FromDateTimeOffset(home.Time.GetUtcNow());
}
