using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Reservations;
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
        var (report, seen) = home.Do(t => (UnsettledReport.Of(Find(t, tenant, subscription), id), t.NextLsn - 1));
        if (report is not null)
        {
            await home.Durable(seen);
            await Drive(home, grains, tenant, subscription, report);
        }
    }

    /// <summary>The same for a report that is known and durable.</summary>
    /// <returns>The reservation as it is then; null when it is gone.</returns>
    public static async Task<CommandResult<ReservationView>?> Drive(
        Partition home, IGrainFactory grains, string tenant, string subscription, UnsettledReport report)
    {
        var partition = grains.GetGrain<IPartitionGrain>(
            PartitionMap.Of(EntityKind.Device, tenant, report.Event.Device, home.PartitionCount));
        var answer = await partition.Report(new(tenant, [report.Event]) { TellPartition = home.Number, TellEpoch = home.Epoch });
        var result = answer.Results[0];
        if (result is { Status: UsageStatus.Rejected, Code: DeviceBook.FutureCode })
        {
            // The device's partition has not heard yet what time it is; the report stays logged until it has.
            throw new PartitionUnavailableException("The clock of the device's partition is behind; send the same report again.");
        }
        if (!answer.Told)
        {
            await partition.FlushTo(home.Number, home.Epoch);
        }
        // A repeat of what was made before the crash is as good.
        var status = result.Status == UsageStatus.Duplicate ? UsageStatus.Accepted : result.Status;
        var (view, renews, seen) = home.Do(t => Find(t, tenant, subscription) is { } state
            ? (ReservationRules.Settle(
                t, state, report, status.ToString().ToLowerInvariant(), result.Code, home.Time, out var decided), decided, t.NextLsn - 1)
            : (null, false, 0L));
        // That accepted usage settles its report follows from what is durable in both partitions, so that every owner after a crash
        // comes to the same. A new grant does not, nor that usage was late or has no price: a repeat would only be a duplicate.
        if (renews || status != UsageStatus.Accepted || result.Code is not null)
        {
            await home.Durable(seen);
        }
        return view;
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
