using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// What a line takes from a record of what lasts: from the level that it set, until the next record of that level or the end of the line's
/// time; from the part of the session that it ended, before rounding.
/// </summary>
internal static class LastingViews
{
    /// <summary>Null when the charge takes nothing from such records.</summary>
    public static Contribution? Of(DeviceBook devices, in UsageRecord record, LineFilter line)
    {
        var (device, meter) = (devices.Devices[record.Device], devices.Meters[record.Meter]);
        var (time, dimensions) = (
            Instant.FromUnixTimeTicks(record.Time), meter.Measure(record.Value, record.Unit, record.Dimensions).Dimensions);
        var all = new List<Contribution>();
        if (line.Terms.Plan.Arrive(meter.Definition.Id, time, dimensions, line.Terms.Zone, all) is not null
            || !all.Exists(c => c.Key.Charge == line.Charge))
        {
            return null;
        }
        var arrived = all.Find(c => c.Key.Charge == line.Charge) with { Aggregate = null, PerDevice = false };
        all.Clear();
        if (meter.Definition.Session is { } session)
        {
            AddSession(device, meter, UsageChecks.Find(dimensions, session.Id)!, time, line, all);
        }
        else
        {
            AddLevel(device, meter, LevelRecord.Of(meter.Definition, time, 0m, dimensions), line, all);
        }
        return all.Where(c => c.Key.Charge == line.Charge).Aggregate(arrived, (sum, c) => sum with
        {
            Quantity = sum.Quantity + (c.Aggregate?.Quantity ?? c.Quantity), UnroundedCharge = sum.UnroundedCharge + c.UnroundedCharge,
        });
    }

    private static void AddLevel(DeviceState device, MeterEntry meter, in LevelRecord level, LineFilter line, List<Contribution> into)
    {
        foreach (var held in DeviceBook.LevelFrom(device, meter, line.Terms, level))
        {
            foreach (var stay in Stay.Of(device, held.From.ToUnixTimeTicks(), held.To.ToUnixTimeTicks(), _ => line.MaxTicks + 1))
            {
                if (IsOf(line, stay.Terms, stay.Period) && LevelStretches.Of(meter.Definition, stay, held.Delta) is { } stretch)
                {
                    stay.Terms.Plan.Spread(meter.Definition.Id, stretch, level.Dimensions, stay.Terms.Zone, into);
                }
            }
        }
    }

    private static void AddSession(
        DeviceState device, MeterEntry meter, string id, Instant time, LineFilter line, List<Contribution> into)
    {
        if (device.SessionsOf(meter)?.Sessions.GetValueOrDefault(id) is not { } session)
        {
            return;
        }
        SessionStretch[] ended = [.. session.Stretches().Where(s => s.Usage.To == time && !s.Begins)];
        foreach (var (period, stretch) in SessionParts.Of(device, ended).Where(p => p.Terms == line.Terms).SelectMany(p => p.Parts))
        {
            if (IsOf(line, line.Terms, period))
            {
                line.Terms.Plan.Spread(meter.Definition.Id, stretch.Usage, stretch.Dimensions, line.Terms.Zone, into);
            }
        }
    }

    private static bool IsOf(LineFilter line, TermsEntry terms, int period) => terms == line.Terms && period == line.UsagePeriod;
}
