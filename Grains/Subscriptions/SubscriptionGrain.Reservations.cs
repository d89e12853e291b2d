using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Reservations;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Quota of the subscription. See docs/adr/0023.</summary>
internal sealed partial class SubscriptionGrain
{
    public async Task<CommandResult<ReservationView>> Reserve(string device, ReservationSpec spec)
    {
        var home = await WithAllUsage();
        return await Decide(home, (t, found) => ReservationRules.Authorize(t, found, device, spec, home.Time));
    }

    public async Task<CommandResult<ReservationView>> ReportReserved(string device, string reservation, ReservationUse use)
    {
        var home = await WithAllUsage();
        // The report before comes first: what is wanted next is granted when it is settled.
        await ReservationDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id, reservation);
        var result = await Decide(home, (t, found) => ReservationRules.Report(t, found, device, reservation, use, home.Time));
        if (!result.Succeeded)
        {
            return result;
        }
        await ReservationDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id, reservation);
        return (await Reservation(device, reservation)) is { Succeeded: true } now ? result with { Value = now.Value } : result;
    }

    public async Task<CommandResult<ReservationView>> Reservation(string device, string reservation)
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } found
            ? ReservationRules.Find(found, device, reservation, home.Time)
            : ReservationRules.Unknown(reservation));
    }

    /// <summary>
    /// The partition, once every other one has told it all usage that was settled by an owner before: only then is it known what is left.
    /// </summary>
    private async Task<Partition> WithAllUsage()
    {
        var home = await Home();
        if (!home.Do(t => t.State.Subscriptions.HasHeardAll))
        {
            await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
                .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).FlushTo(home.Number, home.Epoch)));
        }
        return home;
    }

    private Task<CommandResult<ReservationView>> Decide(
        Partition home, Func<Partition.Turn, SubscriptionState, CommandResult<ReservationView>> decide) => home.DoDurably(t =>
        !t.State.Subscriptions.HasHeardAll
            ? throw new PartitionUnavailableException($"Partition {home.Number} does not know all usage yet; send the same request again.")
            : Find(t) is { } found
                ? decide(t, found)
                : CommandResult.NotFound<ReservationView>("subscription.unknown", $"There is no subscription '{Key.Id}'."));
}
