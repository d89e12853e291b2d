using System.Runtime.CompilerServices;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>Reads a trail from all partitions: first where entries are, then only those that are wanted.</summary>
internal sealed class AuditTrailReader(IGrainFactory grains, PartitionRouter router)
{
    private const int Part = 200;

    /// <summary>Newest first, over all partitions.</summary>
    public async Task<(AuditEntry[] Entries, AuditPlace? Last)> PageAsync(
        AuditTrailQuery query, AuditPlace? beyond, int limit, CancellationToken cancel)
    {
        var places = await Task.WhenAll((await AllAsync()).Select(p => p.Places(query, beyond, ascending: false, limit + 1))).WaitAsync(cancel);
        AuditPlace[] merged = [.. places.SelectMany(p => p).OrderDescending().Take(limit + 1)];
        var page = merged.Length > limit ? merged[..limit] : merged;
        var read = await Task.WhenAll(page.GroupBy(p => p.Partition).Select(share =>
            Grain(share.Key).Entries(query, [.. share.Select(p => p.Number).Order()]))).WaitAsync(cancel);
        return ([.. read.SelectMany(e => e).OrderByDescending(e => e.Place)], merged.Length > limit ? page[^1] : null);
    }

    /// <summary>One entry; null when there is none.</summary>
    public async Task<AuditEntry?> FindAsync(string trail, int partition, long number) =>
        partition < (await router.AllAsync()).Length
            ? (await Grain(partition).Entries(new(trail), [number])).FirstOrDefault()
            : null;

    /// <summary>Partition after partition, each oldest first.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditTrailQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var partition in await AllAsync())
        {
            AuditPlace? last = null;
            AuditPlace[] places;
            do
            {
                places = await partition.Places(query, last, ascending: true, Part).WaitAsync(cancel);
                foreach (var entry in await partition.Entries(query, Array.ConvertAll(places, p => p.Number)).WaitAsync(cancel))
                {
                    yield return entry;
                }
                last = places.Length > 0 ? places[^1] : last;
            }
            while (places.Length == Part);
        }
    }

    public async Task<AuditTrailReport[]> VerifyAsync(string trail, CancellationToken cancel) =>
        await Task.WhenAll((await AllAsync()).Select(p => p.Verify(trail))).WaitAsync(cancel);

    private async Task<IAuditTrailGrain[]> AllAsync() => [.. (await router.AllAsync()).Select((_, number) => Grain(number))];

    private IAuditTrailGrain Grain(int partition) => grains.GetGrain<IAuditTrailGrain>(partition);
}
