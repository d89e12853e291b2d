using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>What devices used of lines of an invoice: from the archive, as the charge counts each event.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<LineDeviceUsage[]> LineUsage(LineUsageQuery query)
    {
        var partition = await host.Acquire(Number);
        var lines = await partition.DoDurably(t => Array.ConvertAll(query.Lines, l => l is null ? null : LineFilter.Of(t.State, l)));
        LineFilter[] known = [.. lines.OfType<LineFilter>()];
        if (known.Length == 0)
        {
            return [];
        }
        var sums = new LineDeviceSums(lines);
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(known.Min(l => l.MinTicks)), EventTicks.Of(known.Max(l => l.MaxTicks)), CancellationToken.None);
        await foreach (var segment in segments)
        {
            partition.Do(t => sums.Add(t.State.Devices, segment));
        }
        partition.Do(t => sums.AddCorrected(t.State.Devices));
        return partition.Do(t => sums.Page(t.State.Devices, query));
    }
}
