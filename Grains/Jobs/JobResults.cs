using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Jobs;

/// <summary>Reads results of a job from the archive, where they are with the items.</summary>
internal static class JobResults
{
    /// <summary>Steps that are read for a page: one with few of those asked for is shorter than it may be.</summary>
    private const int MostSteps = 8;

    public static async Task<JobResultPage> Read(
        IPartitionStore store, int partition, JobHeld job, JobResultQuery query)
    {
        var done = job.Steps ?? [];
        int[] wanted = [.. Enumerable.Range(0, done.Length).Skip(query.After / JobHeld.StepSize)
            .Where(step => Matches(job, done[step], step, query.Failed)).Take(MostSteps + 1)];
        var read = wanted.Take(MostSteps).ToArray();
        var items = await RecordArchive.Read<JobItemsStored>(
            store, partition, Array.ConvertAll(read, step => job.Items[step]), CancellationToken.None);
        var results = await RecordArchive.Read<JobProgressed>(
            store, partition, Array.ConvertAll(read, step => done[step].Lsn), CancellationToken.None);
        var all = items.Zip(results).SelectMany(Results)
            .Where(r => r.Number > query.After && (query.Failed is null || r.Outcome.Succeeded != query.Failed))
            .Take(query.Limit + 1).ToArray();
        if (all.Length > query.Limit)
        {
            return new(job.Spec.Kind, job.Spec.Columns, all[..query.Limit], all[query.Limit - 1].Number);
        }
        var more = wanted.Length > MostSteps;
        return new(job.Spec.Kind, job.Spec.Columns, all, more ? (read[^1] + 1) * JobHeld.StepSize : null);
    }

    private static bool Matches(JobHeld job, JobStep step, int number, bool? failed) => failed switch
    {
        null => true,
        true => step.Failed > 0,
        false => step.Failed < job.SizeOf(number),
    };

    private static IEnumerable<JobItemResult> Results((JobItemsStored Stored, JobProgressed Progressed) step) =>
        step.Stored.Items.Zip(step.Progressed.Done!.Unpack(), (item, outcome) => (item, outcome)).Index()
            .Select(one => new JobItemResult(step.Stored.First + one.Index, one.Item.item, one.Item.outcome));
}
