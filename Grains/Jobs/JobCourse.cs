using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// Takes one job on, step by step. A step that a crash cut off is done again by the next owner: partitions that have
/// done their share answer as before.
/// </summary>
internal sealed class JobCourse(PartitionHost host, Partition home, IGrainFactory grains, string tenant, string job)
{
    /// <summary>Steps whose items are read at once.</summary>
    private const int ReadAhead = 8;

    private readonly Queue<JobItemsStored> _ahead = new();

    /// <summary>
    /// False while items may have been done whose results are not written; after a start nobody knows.
    /// </summary>
    private bool _settled;

    /// <summary>Does the next step, or ends the job.</summary>
    public async Task Step(CancellationToken ct)
    {
        var held = home.Do(t => t.State.Jobs(tenant).Find(job)!.Held);
        AnnounceCaller(held);
        if (held.Status == JobStatus.Cancelling && _settled)
        {
            await Progress(held, new(tenant, job, Now, Status: JobStatus.Cancelled));
            return;
        }
        if (held.StartedAt is null && !await Progress(held, new(tenant, job, Now, Status: JobStatus.Running)))
        {
            // Cancelled before it began.
            return;
        }
        _settled = false;
        var step = held.Steps?.Length ?? 0;
        var outcomes = await Do(held, await Items(held, step, ct), ct);
        await Progress(held, new(tenant, job, Now, JobOutcomes.Of(outcomes)));
        _settled = true;
    }

    /// <summary>Whoever made the driver begin may be somebody else.</summary>
    private static void AnnounceCaller(JobHeld held)
    {
        if (held.By is { } by)
        {
            by.Announce();
        }
        else
        {
            ChangeCaller.Forget();
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(home.Time.GetUtcNow());

    /// <summary>Writes how far the job is, unless it has gone on meanwhile.</summary>
    private Task<bool> Progress(JobHeld seen, JobProgressed fact) => home.DoDurably(t =>
    {
        var now = t.State.Jobs(tenant).Find(job);
        var isNext = now is { IsOver: false } && now.StepsDone == (seen.Steps?.Length ?? 0);
        if (isNext)
        {
            t.Append(fact);
        }
        return isNext;
    });

    private async Task<JobItemsStored> Items(JobHeld held, int step, CancellationToken ct)
    {
        while (_ahead.TryDequeue(out var next))
        {
            if (next.First == (step * JobHeld.StepSize) + 1)
            {
                return next;
            }
        }
        foreach (var read in await RecordArchive.Read<JobItemsStored>(
            host.Store, home.Number, [.. held.Items.Skip(step).Take(ReadAhead)], ct))
        {
            _ahead.Enqueue(read);
        }
        return _ahead.Dequeue();
    }

    private async Task<DeviceOutcome[]> Do(JobHeld held, JobItemsStored step, CancellationToken ct)
    {
        var outcomes = Array.ConvertAll(
            step.Items, item => item.Faults is { } faults ? new DeviceOutcome(CommandOutcome.Rejected, faults) : null!);
        await Task.WhenAll(step.Items.Index().Where(item => item.Item.Faults is null)
            .GroupBy(item => PartitionMap.Of(EntityKind.Device, tenant, item.Item.Device!, home.PartitionCount))
            .Select(async share =>
            {
                var own = share.ToArray();
                var done = await grains.GetGrain<IPartitionGrain>(share.Key)
                    .DoJobShare(new(
                        tenant, job, held.Spec.Kind, held.Items[0], step.First,
                        Array.ConvertAll(own, item => item.Item)))
                    .WaitAsync(ct);
                foreach (var (item, outcome) in own.Zip(done))
                {
                    outcomes[item.Index] = outcome;
                }
            }));
        return outcomes;
    }
}
