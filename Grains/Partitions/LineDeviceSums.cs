using System.Runtime.InteropServices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Adds up, for lines of an invoice, what each device of a partition used of them. Holds one entry a line and device.</summary>
/// <param name="lines">Null for a line that no usage of the partition is behind.</param>
internal sealed class LineDeviceSums(LineFilter?[] lines)
{
    private readonly Dictionary<(int Line, int Device), Sum> _sums = [];

    /// <summary>Adds the events of a segment that were never corrected.</summary>
    public void Add(DeviceBook devices, Segment segment)
    {
        foreach (var entry in segment)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span))
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i]?.Wants(record) == true && !devices.Corrections.Has(record))
                {
                    Add(devices, i, record, 1);
                }
            }
        }
    }

    /// <summary>Adds what corrections put behind the lines, and takes away what they took back from earlier invoices.</summary>
    public void AddCorrected(DeviceBook devices)
    {
        foreach (var corrected in devices.Corrections.Events)
        {
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i] is { } line)
                {
                    var (withdrawn, added) = corrected.On((line.Terms.Index, line.UsagePeriod, line.BilledPeriod), devices.TermsOf);
                    Add(devices, i, withdrawn?.Record, -1);
                    Add(devices, i, added?.Record, 1);
                }
            }
        }
    }

    /// <summary>By line and device, after the cursor.</summary>
    public LineDeviceUsage[] Page(DeviceBook devices, LineUsageQuery query) =>
    [
        .. _sums.Where(s => s.Key.Line >= query.AfterLine)
            .Select(s => (s.Key.Line, State: devices.Devices[s.Key.Device], Id: devices.Devices[s.Key.Device].Id, s.Value))
            .Where(s => s.Line > query.AfterLine || query.AfterDevice is null || string.CompareOrdinal(s.Id, query.AfterDevice) > 0)
            .OrderBy(s => s.Line).ThenBy(s => s.Id, StringComparer.Ordinal).Take(query.Limit)
            .Select(s => View(devices, s.Line, s.State, s.Id, s.Value)),
    ];

    private void Add(DeviceBook devices, int line, in UsageRecord? record, int sign)
    {
        if (record is not { } known || UsageViews.Contribution(devices, known, lines[line]!) is not { } contribution)
        {
            return;
        }
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (line, known.Device), out var exists);
        sum = (exists ? sum : new(known.Meter, 0m, 0, 0m, null)).Plus(contribution, sign);
    }

    private LineDeviceUsage View(DeviceBook devices, int line, DeviceState device, string id, Sum sum)
    {
        var (plan, charge) = (lines[line]!.Terms.Plan, lines[line]!.Charge);
        var merged = (sum.Merged ?? []).Values.Select(m => m.PerDevice ? plan.QuantityOf(charge, m.Aggregate).Counted : m.Aggregate.Quantity);
        return new(
            line, id, device.Name, devices.Meters[sum.Meter].Definition.Id,
            plan.Priced(charge, merged.Aggregate(sum.Quantity, ExactMath.Add), lines[line]!.Terms.Calendar.Period(lines[line]!.UsagePeriod)),
            sum.Events, sum.Amount);
    }

    /// <summary>Of one device.</summary>
    /// <param name="Merged">What is merged instead of added, by bucket; null for nothing.</param>
    private readonly record struct Sum(
        int Meter, decimal Quantity, long Events, decimal? Amount, Dictionary<BucketKey, (Aggregate Aggregate, bool PerDevice)>? Merged)
    {
        public Sum Plus(in Contribution contribution, int sign)
        {
            var merged = Merged;
            // Nothing takes back an extreme: the row shows what the line added, and the line's rest the difference.
            if (contribution.Aggregate is { } aggregate && (sign > 0 || aggregate.Kind == Core.Usage.AggregationKind.Sum))
            {
                aggregate = sign > 0 ? aggregate : aggregate.Negated();
                merged ??= [];
                merged[contribution.Key] = (
                    merged.TryGetValue(contribution.Key, out var known) ? known.Aggregate.Merge(aggregate) : aggregate, contribution.PerDevice);
            }
            return new(
                Meter, ExactMath.Add(Quantity, sign * contribution.Quantity), Events + sign, Amount + (sign * contribution.UnroundedCharge), merged);
        }
    }
}
