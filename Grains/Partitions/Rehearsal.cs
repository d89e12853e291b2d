using Microsoft.Extensions.Logging;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// What a silo does before it joins a cluster, so that the first partitions handed to it do not wait for cold code and cold
/// connections: it loads a few partitions as far as that goes without owning them, decides a little usage, and drops all of it.
/// </summary>
/// <remarks>Changes nothing in the store. What goes wrong here is told when a partition is really loaded.</remarks>
internal sealed partial class Rehearsal(PartitionHost host, ILogger<Rehearsal> logger)
{
    private const int MostPartitions = 4;
    private const long MostReplayed = 2_000;
    private const int Decisions = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Rehearses, for at most five seconds.</summary>
    /// <returns>The number of usage events that it took and forgot.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var decided = 0;
        var started = host.Time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            // Nothing is written, but the connection for writing is there and its statement is prepared.
            await host.Store.AppendAsync([], limit.Token);
            for (var partition = 0; partition < Math.Min(MostPartitions, host.PartitionCount); partition++)
            {
                _ = await host.Store.ReadPositionAsync(partition, limit.Token);
                decided += Decide(await Load(partition, limit.Token));
            }
            Rehearsed(logger, host.Time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failed(logger, e.Message);
        }
        return decided;
    }

    /// <summary>The newest snapshot and the first records after it.</summary>
    private async Task<PartitionState> Load(int partition, CancellationToken ct)
    {
        var (state, snapshotLsn) = await host.LoadSnapshot(partition, ct);
        var lsn = snapshotLsn;
        await foreach (var segment in host.Store.ReadAsync(partition, lsn + 1, ct))
        {
            lsn = PartitionHost.Replay(segment, state, lsn);
            if (lsn - snapshotLsn > MostReplayed)
            {
                break;
            }
        }
        return state;
    }

    /// <summary>Usage that nobody sent, on a state that nobody sees.</summary>
    private int Decide(PartitionState state)
    {
        var taken = 0;
        var writer = new ByteWriter();
        var record = default(UsageRecord);
        foreach (var device in state.Devices.Devices.Take(Decisions))
        {
            var now = device.Tenant.Now(host.Time);
            foreach (var meter in state.Devices.Meters.Where(m => m.Tenant == device.Tenant))
            {
                var usage = new UsageEvent
                {
                    Id = "rehearsal", Device = device.Spec.Id, Meter = meter.Definition.Id, UnixTicks = now.ToUnixTimeTicks(), Value = 1,
                };
                if (state.Devices.Decide(device.Tenant, usage, now, 1, ref record).Status == UsageStatus.Accepted)
                {
                    writer.Clear();
                    UsageRecordCodec.Write(writer, record);
                    taken++;
                }
            }
        }
        return taken;
    }

    [LoggerMessage(LogLevel.Debug, "Rehearsed loading partitions in {Ms:F0} ms")]
    private static partial void Rehearsed(ILogger logger, double ms);

    [LoggerMessage(LogLevel.Debug, "Rehearsing stopped early: {Problem}")]
    private static partial void Failed(ILogger logger, string problem);
}
