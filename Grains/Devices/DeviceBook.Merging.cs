using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>Usage that is merged instead of added, and devices that are rounded by themselves.</summary>
internal sealed partial class DeviceBook
{
    /// <summary>Places what one event contributes to one bucket; the reason when it cannot be.</summary>
    private string? PlaceContribution(DeviceState device, SliceTotals slice, in Contribution c, int sign, int events)
    {
        if (c.Added != 0m)
        {
            PlaceAdded(slice, slice.Terms.Plan.CompanionOf(c.Key, Companion.Events), sign * c.Added);
        }
        if (c.PerDevice)
        {
            return PlaceOfDevice(device, slice, c, sign, events);
        }
        if (c.Aggregate is { } aggregate && ((MergingSlice)slice).Aggregate(c.Key)?.IsFullFor(aggregate, slice.Terms.Plan.DistinctLimitOf(c.Key.Charge)) == true)
        {
            return UsageReasons.UniqueLimit;
        }
        _change.Contributions.Add(new(
            slice, c.Key, new(sign * c.Quantity, sign * c.Amount, events), sign * c.UnroundedCharge, c.Aggregate));
        return null;
    }

    /// <summary>
    /// A device's quantity is a function of all its usage of the period, and the device is all here: the slice gets what it
    /// changes by. Slices of a usage period then add up to the sum of what its devices come to, whatever came late.
    /// </summary>
    private string? PlaceOfDevice(DeviceState device, SliceTotals slice, in Contribution c, int sign, int events)
    {
        var plan = slice.Terms.Plan;
        var place = new DeviceBucket(slice.Terms.Index, slice.UsagePeriod, c.Key);
        var aggregate = c.Aggregate!;
        var cover = plan.CoverOf(c.Key.Charge);
        var covered = cover is null ? null : CoverOf(device, slice.Terms, slice.UsagePeriod, cover);
        if (!Merge(
            device, place, sign < 0 ? aggregate.Negated() : aggregate, plan.DistinctLimitOf(c.Key.Charge), out var before, out var after))
        {
            return UsageReasons.UniqueLimit;
        }
        var (was, wasAdded) = plan.QuantityOf(c.Key.Charge, before);
        var (now, nowAdded) = plan.QuantityOf(c.Key.Charge, after);
        _change.Contributions.Add(new(slice, c.Key, new(now - was, 0m, events), null));
        if (nowAdded != wasAdded)
        {
            PlaceAdded(slice, plan.CompanionOf(c.Key, Companion.Devices), nowAdded - wasAdded);
        }
        if (covered is not null)
        {
            PlaceCover(slice, covered, CoverOf(device, slice.Terms, slice.UsagePeriod, cover!));
        }
        return null;
    }

    /// <summary>What the device itself shows of a meter that merges.</summary>
    private string? PlaceMerged(
        DeviceState device, SliceTotals slice, MeterEntry meter, Instant time, decimal quantity,
        KeyValuePair<string, string>[]? dimensions)
    {
        var place = DeviceBucket.OfMeter(slice.Terms.Index, slice.UsagePeriod, meter.Index);
        var distinct = meter.Definition.UniqueOf is { } counted ? UsageChecks.Find(dimensions, counted) : null;
        if (!Merge(device, place, Aggregate.Of(meter.Kind, quantity, time, distinct), meter.Definition.DistinctLimit, out var before, out var after))
        {
            return UsageReasons.UniqueLimit;
        }
        _change.Quantities.Add(new(slice, after.Quantity - (before?.Quantity ?? 0m), 1));
        return null;
    }

    /// <summary>False when the place tells as many values apart as it may.</summary>
    private bool Merge(
        DeviceState device, in DeviceBucket place, Aggregate change, int most, out Aggregate? before, out Aggregate after)
    {
        before = _change.Aggregate(device, place);
        after = change;
        if (before?.IsFullFor(change, most) == true)
        {
            return false;
        }
        try
        {
            after = before?.Merge(change) ?? change;
            _change.Aggregates.Add((place, after));
        }
        catch (InexactAmountException)
        {
            _change.Inexact = true;
        }
        return true;
    }

    private void PlaceAdded(SliceTotals slice, BucketKey companion, decimal added) =>
        _change.Contributions.Add(new(slice, companion, new(added, 0m, 0), 0m));
}
