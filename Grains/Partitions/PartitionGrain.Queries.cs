using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Questions that are answered from the archive of segments.</summary>
internal sealed partial class PartitionGrain
{
    /// <summary>Records that are cheaper to read over than to leap.</summary>
    private const int Close = 2_000;

    public async Task<RecordedUsage[]> LineEvents(LineEventsQuery query)
    {
        var partition = await host.Acquire(Number);
        var line = await partition.DoDurably(t => LineFilter.Of(t.State, query));
        if (line is null)
        {
            return [];
        }
        var corrected = partition.Do(t => Corrected(t.State.Devices, line, query.After));
        var found = new List<RecordedUsage>();
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(line.MinTicks), EventTicks.Of(line.MaxTicks), CancellationToken.None);
        await foreach (var segment in segments)
        {
            if (segment.Header.FirstLsn + segment.Header.RecordCount <= query.After)
            {
                continue;
            }
            partition.Do(t => Collect(t.State, segment, line, query, found));
            if (found.Count >= query.Limit)
            {
                break;
            }
        }
        return Together(found, corrected, query.Limit);
    }

    /// <summary>
    /// What corrections put behind a line, by position: the version that it takes back from an earlier invoice, with the sign that it
    /// has there, and the version that it bills.
    /// </summary>
    private List<RecordedUsage> Corrected(DeviceBook devices, LineFilter line, long after)
    {
        var found = new List<RecordedUsage>();
        foreach (var corrected in devices.Corrections.Events)
        {
            var (withdrawn, added) = corrected.On((line.Terms.Index, line.UsagePeriod, line.BilledPeriod), devices.TermsOf);
            foreach (var (placed, sign) in new[] { (withdrawn, -1), (added, 1) })
            {
                if (placed?.Lsn > after && UsageViews.Billed(devices, Number, placed.Lsn, placed.Record, line) is { } view)
                {
                    found.Add(view with
                    {
                        Quantity = sign * view.Quantity, Charge = sign * view.Charge, Correction = CorrectionViews.Mark(placed.By, sign < 0),
                    });
                }
            }
        }
        return [.. found.OrderBy(f => f.Position)];
    }

    /// <summary>By position; what one correction takes back and puts in its place is never parted, so there may be one more.</summary>
    private static RecordedUsage[] Together(List<RecordedUsage> found, List<RecordedUsage> corrected, int limit)
    {
        RecordedUsage[] all = [.. found.Concat(corrected).OrderBy(f => f.Position)];
        var end = Math.Min(limit, all.Length);
        return end > 0 && end < all.Length && all[end].Position == all[end - 1].Position ? all[..(end + 1)] : all[..end];
    }

    private void Collect(
        PartitionState state, Segment segment, LineFilter line, LineEventsQuery query, List<RecordedUsage> found)
    {
        foreach (var entry in segment)
        {
            var bytes = entry.Bytes.Span;
            if (found.Count >= query.Limit || entry.Lsn <= query.After || !UsageRecordCodec.IsUsage(bytes))
            {
                continue;
            }
            var record = UsageRecordCodec.Read(bytes);
            if (line.Wants(record) && !state.Devices.Corrections.Has(record) && UsageViews.Billed(state.Devices, Number, entry.Lsn, record, line) is { } view)
            {
                found.Add(view);
            }
        }
    }

    /// <summary>Usage records at ascending positions; those that are gone are left out.</summary>
    private async Task<List<(long Lsn, UsageRecord Record)>> Read(long[] wanted)
    {
        var found = new List<(long, UsageRecord)>(wanted.Length);
        await ReadAt(wanted, (lsn, bytes) => found.Add((lsn, UsageRecordCodec.Read(bytes.Span))));
        return found;
    }

    /// <summary>Reads the records at ascending positions; those that are gone are left out.</summary>
    /// <param name="take">Is told position and bytes, which are good until it returns.</param>
    private async Task ReadAt(long[] wanted, Action<long, ReadOnlyMemory<byte>> take)
    {
        for (var next = 0; next < wanted.Length;)
        {
            next = Math.Max(next + 1, await ReadOn(wanted, next, take));
        }
    }

    /// <summary>
    /// Reads on while the next position is close: asking the store for each would make a page take longer than a call may.
    /// </summary>
    /// <returns>Index of the first position that is not read.</returns>
    private async Task<int> ReadOn(long[] wanted, int next, Action<long, ReadOnlyMemory<byte>> take)
    {
        await foreach (var segment in host.Store.ReadAsync(Number, wanted[next], CancellationToken.None))
        {
            foreach (var record in segment)
            {
                while (next < wanted.Length && wanted[next] < record.Lsn)
                {
                    next++;
                }
                if (next < wanted.Length && wanted[next] == record.Lsn)
                {
                    take(record.Lsn, record.Bytes);
                    next++;
                }
            }
            if (next == wanted.Length || wanted[next] - (segment.Header.FirstLsn + segment.Header.RecordCount) > Close)
            {
                break;
            }
        }
        return next;
    }
}
