using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>A pool as its owner sees it: what is left of it, and whose it is.</summary>
internal sealed partial class SubscriptionGrain
{
    public async Task<CommandResult<PoolView>> Pool(string charge, Instant? at, PoolSplit split)
    {
        var home = await Home();
        var (definition, period, part, problem) = home.Do(t => Find(t) is { } found ? PoolOf(found, charge, at ?? found.Tenant.Now(home.Time)) : default);
        if (definition is null)
        {
            return problem is null
                ? CommandResult.NotFound<PoolView>("subscription.unknown", $"There is no subscription '{Key.Id}'.")
                : CommandResult.Rejected<PoolView>(problem);
        }
        var query = new PoolUsageQuery(Key.Tenant, Key.Id, charge, period.Index, part!.Active.Start);
        var parts = await Task.WhenAll(Enumerable.Range(0, home.PartitionCount).Select(async p =>
        {
            var partition = GrainFactory.GetGrain<IPartitionGrain>(p);
            await partition.FlushTo(home.Number, home.Epoch);
            return await partition.PoolUsage(query);
        }));
        var devices = parts.SelectMany(p => p).OrderBy(d => d.Device, StringComparer.Ordinal).ToArray();
        return await home.DoDurably(t => View(Find(t)!, definition, period, part, devices, split));
    }

    /// <summary>After a change of plan a period has a pool for each plan; this is the one of the instant.</summary>
    private static (ChargeDefinition?, Core.Periods.BillingPeriod, PeriodPart?, CommandError?) PoolOf(
        SubscriptionState subscription, string charge, Instant at)
    {
        var period = subscription.Calendar.PeriodAt(at);
        if (subscription.Parts(period) is not [.., var last] parts)
        {
            return (null, default, null, new("pool.period", "The subscription did not run then.", "/at"));
        }
        var part = parts.FirstOrDefault(p => at < p.Active.End) ?? last;
        var definition = part.Plan.Compiled.Definition.Charges.FirstOrDefault(c => c.Id == charge && (c.Allowance is not null || c.Allowances.Count > 0));
        if (definition is null)
        {
            return (null, default, null, new("pool.unknown", $"The plan has no charge '{charge}' with an allowance.", "/charge"));
        }
        return part.Plan.Compiled.AddsEvents(charge)
            ? (definition, period, part, null)
            : (null, default, null, new(
                "pool.not_additive", $"The charge '{charge}' merges or rounds the usage of devices, which has no part for each event.", "/charge"));
    }

    private static CommandResult<PoolView> View(
        SubscriptionState subscription, ChargeDefinition charge, Core.Periods.BillingPeriod period, PeriodPart part,
        PoolDeviceUsage[] devices, PoolSplit split)
    {
        var rated = StatementLines.Rated(subscription, period, part, subscription.Totals()).FirstOrDefault(c => c.ChargeId == charge.Id);
        var amount = rated?.Amount ?? Money.Zero(part.Plan.Compiled.Currency);
        var meter = part.Plan.Compiled.MeterUnitOf(charge.Id);
        if (charge.Allowances.Count > 0)
        {
            return Several(subscription, charge, period, part, devices, split, rated?.Quantity ?? 0m, amount);
        }
        var members = PoolSharing.Share(
            charge, meter, period, [.. devices.Select(d => (d.Device, d.Days, d.Quantity))], amount, split);
        var included = PoolSharing.Included(charge, period, devices.Sum(d => d.Days));
        var used = rated?.Quantity ?? 0m;
        return CommandResult.Unchanged(new PoolView(
            subscription.View.Id, charge.Id, part.Start, part.End, charge.Unit ?? meter, included, used,
            Math.Max(0m, used - included), amount.Currency.Code, amount.ToDecimal(), [.. members]));
    }

    private static CommandResult<PoolView> Several(
        SubscriptionState subscription, ChargeDefinition charge, Core.Periods.BillingPeriod period, PeriodPart part,
        PoolDeviceUsage[] devices, PoolSplit split, decimal used, Money amount)
    {
        var parts = subscription.Parts(period);
        var at = parts.TakeWhile(p => p.Segment.Number != part.Segment.Number).Count();
        var segment = PoolCarry.Segments(subscription, period, parts, subscription.Totals(), int.MaxValue)[at];
        var overview = AllowanceSharing.Share(
            segment, charge.Id, period, subscription.Zone,
            [.. devices.Select(d => new PoolDevice(
                d.Device, (d.Buckets ?? []).ToDictionary(b => new BucketKey(b.Charge, b.Bucket), b => b.Quantity)))],
            amount, split);
        return CommandResult.Unchanged(new PoolView(
            subscription.View.Id, charge.Id, part.Start, part.End, charge.Unit ?? part.Plan.Compiled.MeterUnitOf(charge.Id),
            overview.Included, used, overview.Overage, amount.Currency.Code, amount.ToDecimal(), [.. overview.Members])
        {
            Allowances = [.. overview.Allowances.Select(a => new PoolAllowanceView(
                a.Id, a.Name, a.Kind, a.Own, a.Carried.Sum(c => c.Quantity), a.Used, a.Left, a.Blocks,
                [.. a.Carried.Select(c => new PoolCarriedView(subscription.Calendar.Period(c.Period).Start, c.Quantity))]))],
        });
    }
}
