using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>
/// Makes a logged report usage of its device, and settles it when the subscription has that usage in its totals. Every step may be
/// repeated, by the caller or by the regular work after a crash: the event's id is the report's.
/// </summary>
internal static class ReservationDriving
{
    /// <summary>Does what is left to do for the last report of a reservation.</summary>
    /// <exception cref="PartitionUnavailableException">The device's partition does not answer; the report stays logged.</exception>
    public static async Task Drive(Partition home, IGrainFactory grains, string tenant, string subscription, string id)
    {
        var (report, last) = await home.DoDurably(t => Find(t, tenant, subscription)?.Reservations.Find(id) is { IsUnsettled: true } r
            ? (r.Event(), r.Last!.Asked.Number)
            : default);
        if (last == 0)
        {
            return;
        }
        var partition = grains.GetGrain<IPartitionGrain>(
            PartitionMap.Of(EntityKind.Device, tenant, report.Device, home.PartitionCount));
        var result = (await partition.Report(new(tenant, [report]))).Results[0];
        if (result is { Status: UsageStatus.Rejected, Code: DeviceBook.FutureCode })
        {
            // The device's partition has not heard yet what time it is; the report stays logged until it has.
            throw new PartitionUnavailableException("The clock of the device's partition is behind; send the same report again.");
        }
        await partition.FlushTo(home.Number, home.Epoch);
        // A repeat of what was made before the crash is as good.
        var status = result.Status == UsageStatus.Duplicate ? UsageStatus.Accepted : result.Status;
        await home.DoDurably(t =>
        {
            if (Find(t, tenant, subscription) is { } state)
            {
                ReservationRules.Settle(t, state, id, last, status.ToString().ToLowerInvariant(), result.Code, home.Time);
            }
            return true;
        });
    }

    /// <summary>Drives every report of the partition that a crash, or a partition that was away, left undone.</summary>
    public static async Task DriveAll(Partition home, IGrainFactory grains)
    {
        var unsettled = home.Do(t => t.State.Subscriptions.All.Where(s => s.ReservationsIfAny is { Unsettled.Count: > 0 })
            .SelectMany(s => s.Reservations.Unsettled.Select(id => (s.Tenant.Id, Subscription: s.Spec.Id, Reservation: id))).ToArray());
        foreach (var (tenant, subscription, reservation) in unsettled)
        {
            await Drive(home, grains, tenant, subscription, reservation);
        }
    }

    private static SubscriptionState? Find(Partition.Turn turn, string tenant, string subscription) =>
        turn.State.Tenant(tenant) is { } copy ? turn.State.Subscriptions.Find(copy, subscription) : null;
}
