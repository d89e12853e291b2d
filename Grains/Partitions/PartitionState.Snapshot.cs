using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// A snapshot is the state told again as records: applying them in order to an empty state builds the same state, so
/// that
/// loading a snapshot and replaying a log are one code path.
/// </summary>
internal sealed partial class PartitionState
{
    /// <summary>
    /// The snapshot of this moment. Ids of events, which are most of it where there is much usage, are told as it is read: that needs no
    /// turn.
    /// </summary>
    public SnapshotSource BeginSnapshot()
    {
        var chunks = new SnapshotChunks();
        WriteAllButEventIds(chunks.Add);
        return new(chunks.Finish(), Devices.EventIds.Copy());
    }

    /// <summary>Writes every record of the snapshot to a sink.</summary>
    public void WriteSnapshot(Action<ReadOnlySpan<byte>> sink)
    {
        WriteAllButEventIds(sink);
        foreach (var record in Devices.EventIds.Copy().Records())
        {
            sink(record.Written);
        }
    }

    private void WriteAllButEventIds(Action<ReadOnlySpan<byte>> sink)
    {
        foreach (var fact in SnapshotFacts())
        {
            sink(RareRecordCodec.Encode(fact));
        }
        Devices.WriteSnapshot(sink);
    }

    private IEnumerable<object> SnapshotFacts()
    {
        foreach (var fact in Directory.Facts())
        {
            yield return fact;
        }
        foreach (var fact in Calls.Facts().Concat(AuditTrails.Facts()))
        {
            yield return fact;
        }
        foreach (var (tenant, now) in _clocks)
        {
            yield return new ClockMoved(tenant, now);
        }
        foreach (var fact in _catalogues.SelectMany(c => c.Value.Facts(c.Key)).Concat(_reRatings.SelectMany(r => r.Value.Facts(r.Key)))
            .Concat(_migrations.SelectMany(m => m.Value.Facts(m.Key))).Concat(_jobs.SelectMany(j => j.Value.Facts(j.Key)))
            .Concat(JobShares.Facts()).Concat(_series.SelectMany(s => s.Value.Facts(s.Key)))
            .Concat(_rates.SelectMany(r => r.Value.Sheets().Select(sheet => new ExchangeRatesSet(r.Key, sheet)))))
        {
            yield return fact;
        }
        foreach (var tenant in _tenants.Values)
        {
            yield return new TenantLearned(tenant.View);
            yield return new Sealed(tenant.Id, tenant.TestNow, tenant.SealedThrough);
        }
        foreach (var fact in Plans.Facts())
        {
            yield return fact;
        }
        foreach (var tenant in _tenants.Values)
        {
            foreach (var fact in Subscriptions.Facts(tenant))
            {
                yield return fact;
            }
        }
        foreach (var fact in Customers.All.SelectMany(c => c.Facts()))
        {
            yield return fact;
        }
    }
}
