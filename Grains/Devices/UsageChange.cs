using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>All that one event changes, before it is applied; one is reused event after event.</summary>
internal sealed class UsageChange
{
    public List<PlacedQuantity> Quantities { get; } = [];

    public List<PlacedContribution> Contributions { get; } = [];

    /// <summary>The device's aggregates as they will be; the newest of each place is the last one.</summary>
    public List<(DeviceBucket Place, Aggregate Aggregate)> Aggregates { get; } = [];

    /// <summary>What a correction leaves of the device's aggregates; null: nothing.</summary>
    public List<(DeviceBucket Place, Aggregate? Left)> Recounted { get; } = [];

    /// <summary>What a correction leaves of a slice's aggregates; null: nothing.</summary>
    public List<(MergingSlice Slice, BucketKey Key, Aggregate? Left)> Replaced { get; } = [];

    /// <summary>Slices that take back what an earlier period billed.</summary>
    public List<SliceTotals> Corrected { get; } = [];

    /// <summary>Whether some aggregate of the device would not be an exact decimal any more.</summary>
    public bool Inexact { get; set; }

    /// <summary>The level that the event sets; null for an event of another meter.</summary>
    public (LevelSeries Series, Instant Time, decimal Value)? Level { get; set; }

    /// <summary>The session as it will be; null for an event of another meter.</summary>
    public (MeterEntry Meter, string Id, SessionHistory Session)? Session { get; set; }

    /// <summary>What a device that is not active yet has used then, and from when on it is active; null for one that is.</summary>
    public (LifecycleStay Stay, long UsedUpAt, TestUsage[] Free)? Activation { get; set; }

    /// <summary>Levels as a correction leaves them.</summary>
    public List<LevelSeries> CorrectedLevels { get; } = [];

    /// <summary>Sessions as a correction leaves them.</summary>
    public List<(string Id, SessionHistory Session)> CorrectedSessions { get; } = [];

    public void Clear()
    {
        Activation = null;
        CorrectedLevels.Clear();
        CorrectedSessions.Clear();
        Level = null;
        Session = null;
        Aggregates.Clear();
        Recounted.Clear();
        Replaced.Clear();
        Corrected.Clear();
        Inexact = false;
        Quantities.Clear();
        Contributions.Clear();
    }

    /// <summary>
    /// Whether every total stays an exact decimal that can be rated; sums beyond 28 digits would lose cents silently, and a total
    /// that cannot be rated would keep its bill from closing.
    /// </summary>
    /// <param name="isReplay">What was accepted once is not judged again.</param>
    public bool StaysExact(bool isReplay)
    {
        try
        {
            foreach (var (slice, key, change, _, merged) in Contributions)
            {
                var total = slice.Total(key).Add(change);
                // The largest or latest of values that can be rated, each, can be rated.
                total = merged is null ? total : total with { Quantity = merged.Quantity };
                if (!isReplay && !slice.Terms.Plan.CanRate(key, total))
                {
                    return false;
                }
            }
            return !Inexact;
        }
        catch (InexactAmountException)
        {
            return false;
        }
    }

    /// <summary>The device's aggregate with all of this change so far; null when there is none.</summary>
    public Aggregate? Aggregate(DeviceState device, in DeviceBucket place)
    {
        for (var i = Aggregates.Count - 1; i >= 0; i--)
        {
            if (Aggregates[i].Place == place)
            {
                return Aggregates[i].Aggregate;
            }
        }
        return device.Aggregate(place);
    }

    /// <summary>The event's own exact charge; null when some part of it depends on totals.</summary>
    public decimal? Charge()
    {
        var sum = 0m;
        foreach (var contribution in Contributions)
        {
            if (contribution.Charge is not { } charge)
            {
                return null;
            }
            sum += charge;
        }
        return sum;
    }
}
