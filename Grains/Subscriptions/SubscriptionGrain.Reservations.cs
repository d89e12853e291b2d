using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Reservations;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Quota of the subscription. See docs/adr/0023.</summary>
internal sealed partial class SubscriptionGrain
{
    /// <summary>Requests to the customer for one grant: the second finds out how much there is, others meet changes.</summary>
    private const int MostAsks = 8;

    private static readonly CommandResult<ReservationView> Pending = CommandResult.Conflict<ReservationView>("pending", "");

    public async Task<CommandResult<ReservationView>> Reserve(string device, ReservationSpec spec)
    {
        var home = await WithAllUsage();
        return await WithFunds(home, (t, found, funds) => ReservationRules.Authorize(t, found, device, spec, home.Time, funds));
    }

    public async Task<CommandResult<ReservationView>> ReportReserved(string device, string reservation, ReservationUse use)
    {
        var home = await WithAllUsage();
        // The report before comes first: what is wanted next is granted when it is settled.
        await ReservationDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id, reservation);
        UnsettledReport? report = null;
        var result = await Decide(home, (t, found) =>
        {
            var decided = ReservationRules.Report(t, found, device, reservation, use, home.Time);
            report = decided.Succeeded ? UnsettledReport.Of(found, reservation) : null;
            return decided;
        });
        if (!result.Succeeded)
        {
            return result;
        }
        if (report is not null)
        {
            var settled = await ReservationDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id, report);
            result = settled is null ? result : result with { Value = settled.Value };
        }
        if (home.Do(t => Find(t)?.ReservationsIfAny?.Find(reservation) is { NextIsDue: true, IsUnsettled: false }))
        {
            await WithFunds(home, (t, found, funds) => ReservationRules.Renew(t, found, reservation, home.Time, funds) ? result : null);
            return (await Reservation(device, reservation)) is { Succeeded: true } now ? result with { Value = now.Value } : result;
        }
        return result;
    }

    public async Task<CommandResult<ReservationView>> Reservation(string device, string reservation)
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } found
            ? ReservationRules.Find(found, device, reservation, home.Time)
            : ReservationRules.Unknown(reservation));
    }

    public async Task SetFundsLimit() => await (await Home()).DoDurably(t =>
    {
        if (Find(t) is { HasFundsLimit: false })
        {
            t.Append(new FundsLimitSet(Key.Tenant, Key.Id));
        }
        return true;
    });

    public async Task<FundsNeed?> FundsNeeded()
    {
        // What a new owner tells counts more than what is kept: it must not lack usage that was settled before.
        var home = await WithAllUsage();
        return await home.DoDurably(t => !t.State.Subscriptions.HasHeardAll ? throw NotHeardAll(home)
            : Find(t) is { } found ? new FundsNeed(
                Key.Id, home.Epoch, found.ReservationsIfAny?.Asked ?? 0, FundsRules.Need(found, found.Tenant.Now(home.Time)))
            : null);
    }

    /// <summary>
    /// Decides, and asks the customer for money as long as it takes. One request at a time: the number of a request that is over says that
    /// what is told from then on has what became of it.
    /// </summary>
    private async Task<CommandResult<ReservationView>> WithFunds(
        Partition home, Func<Partition.Turn, SubscriptionState, FundsRequest, CommandResult<ReservationView>?> decide)
    {
        var funds = new FundsRequest();
        var customer = home.Do(t => Find(t) is { HasFundsLimit: true } found ? found.View.Customer : null);
        if (customer is null)
        {
            return await Decide(home, (t, found) => decide(t, found, funds) ?? throw Unsettled());
        }
        var book = home.Do(t => Find(t)!.Reservations);
        return await book.Asking.Run(async () =>
        {
            for (var tries = 0; tries < MostAsks; tries++)
            {
                var decided = await Decide(home, (t, found) => decide(t, found, funds) ?? Pending);
                if (decided.Errors is [{ Code: ReservationRules.PriceUnknown }] && !funds.IsWaived && !await Customer(customer).HasFundsLimit())
                {
                    // An agreement has ended since: the subscription is not told.
                    funds.Waive();
                    continue;
                }
                if (decided != Pending)
                {
                    return decided;
                }
                try
                {
                    funds.Answered(await Customer(customer).AskFunds(
                        new(Key.Id, home.Epoch, book.Asked + 1, funds.Need!), funds.UsageEnd));
                    if (funds.IsKept && await Decide(home, (t, found) => decide(t, found, funds) ?? Pending) is var now && now != Pending)
                    {
                        return now;
                    }
                }
                finally
                {
                    // Whatever became of it, nothing will be decided by it any more.
                    book.Asked++;
                }
            }
            throw Unsettled();
        });
    }

    private static PartitionUnavailableException NotHeardAll(Partition home) =>
        new($"Partition {home.Number} does not know all usage yet; send the same request again.");

    private static PartitionUnavailableException Unsettled() =>
        new("Too much changes at the customer at this moment; send the same request again.");

    private ICustomerGrain Customer(string id) => GrainFactory.GetGrain<ICustomerGrain>(EntityKey.Of(Key.Tenant, id));

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
            ? throw NotHeardAll(home)
            : Find(t) is { } found
                ? decide(t, found)
                : CommandResult.NotFound<ReservationView>("subscription.unknown", $"There is no subscription '{Key.Id}'."));
}
