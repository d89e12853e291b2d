using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// What devices' own allowances cover, and what they use beyond their limit of pools: functions of all that a device used and of its
/// days in a period. Whenever either changes, the slice gets what the function changes by.
/// </summary>
internal sealed partial class DeviceBook
{
    /// <summary>What a device covers as it stands, with the usage of <see cref="_change"/> so far.</summary>
    private IReadOnlyDictionary<BucketKey, decimal> CoverOf(DeviceState device, TermsEntry terms, int index, DeviceCover cover)
    {
        var used = new Dictionary<BucketKey, decimal>();
        Collect(device.Aggregates);
        Collect(_change.Aggregates);
        var period = terms.Calendar.Period(index);
        return cover.Of(
            used, key => DevicePresence.Of(device, terms, cover.Presences.First(p => p.Key == key).Rule, period).Quantity, period.Days);

        void Collect(IReadOnlyList<(DeviceBucket Place, Aggregate Aggregate)> aggregates)
        {
            foreach (var (place, aggregate) in aggregates)
            {
                if (place.Terms == terms.Index && place.UsagePeriod == index && place.Key.Charge == cover.Charge)
                {
                    used[place.Key] = terms.Plan.QuantityOf(cover.Charge, aggregate).Counted;
                }
            }
        }
    }

    /// <summary>Adds what the usage of <see cref="_change"/> changed of what a device covers.</summary>
    private void PlaceCover(
        SliceTotals slice, IReadOnlyDictionary<BucketKey, decimal> before, IReadOnlyDictionary<BucketKey, decimal> after)
    {
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var change = after.GetValueOrDefault(key) - before.GetValueOrDefault(key);
            if (change != 0m)
            {
                PlaceAdded(slice, key, change);
            }
        }
    }

    /// <summary>All that devices cover in plans whose devices have quantities of their own.</summary>
    private Dictionary<(TermsEntry Terms, int Period, BucketKey Key), decimal> Covers(
        IEnumerable<DeviceState> devices, IEnumerable<TermsEntry> counted)
    {
        var covers = new Dictionary<(TermsEntry, int, BucketKey), decimal>();
        var terms = counted.Where(t => t.Plan.Covers.Count > 0).ToDictionary(t => t.Index);
        if (terms.Count == 0)
        {
            return covers;
        }
        _change.Clear();
        foreach (var device in devices)
        {
            var places = device.Aggregates.Select(a => (a.Place.Terms, a.Place.UsagePeriod)).Distinct();
            foreach (var (entry, period) in places.Where(p => terms.ContainsKey(p.Terms)).Select(p => (terms[p.Terms], p.UsagePeriod)))
            {
                foreach (var (key, covered) in entry.Plan.Covers.SelectMany(cover => CoverOf(device, entry, period, cover)))
                {
                    covers[(entry, period, key)] = covers.GetValueOrDefault((entry, period, key)) + covered;
                }
            }
        }
        return covers;
    }

    /// <summary>Adds the difference to what devices covered before.</summary>
    private void AddCovers(
        Dictionary<(TermsEntry Terms, int Period, BucketKey Key), decimal> before,
        Dictionary<(TermsEntry Terms, int Period, BucketKey Key), decimal> after)
    {
        foreach (var place in before.Keys.Union(after.Keys))
        {
            AddPresence(
                place.Terms, place.Period, place.Key,
                new(after.GetValueOrDefault(place) - before.GetValueOrDefault(place), 0m, 0));
        }
    }
}
