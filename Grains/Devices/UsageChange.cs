using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Grains.Devices;

/// <summary>All that one event changes, before it is applied; one is reused event after event.</summary>
internal sealed class UsageChange
{
    public List<PlacedQuantity> Quantities { get; } = [];

    public List<PlacedContribution> Contributions { get; } = [];

    public void Clear()
    {
        Quantities.Clear();
        Contributions.Clear();
    }

    /// <summary>Whether every total stays an exact decimal; sums beyond 28 digits would lose cents silently.</summary>
    public bool StaysExact()
    {
        try
        {
            foreach (var (slice, key, change, _) in Contributions)
            {
                _ = slice.Total(key).Add(change);
            }
            return true;
        }
        catch (InexactAmountException)
        {
            return false;
        }
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
