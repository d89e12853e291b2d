using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// What usage that lasts changes, added up by plan segment, period and bucket before it is placed, so that what is taken back and added
/// again leaves no trace.
/// </summary>
internal sealed class StretchSums
{
    private readonly List<Contribution> _contributions = [];
    private readonly Dictionary<(TermsEntry Terms, int Period, BucketKey Key), StretchSum> _sums = [];

    /// <summary>What is not nothing.</summary>
    public IEnumerable<(TermsEntry Terms, int Period, BucketKey Key, StretchSum Sum)> Changes => _sums
        .Where(s => s.Value.Total != BucketTotal.Zero || s.Value.Added != 0m)
        .Select(s => (s.Key.Terms, s.Key.Period, s.Key.Key, s.Value));

    /// <summary>Adds what a level, or a change of one, comes to in a stay.</summary>
    /// <exception cref="InexactAmountException">A sum does not fit a decimal.</exception>
    public void AddLevel(MeterEntry meter, in Stay stay, decimal level, KeyValuePair<string, string>[] dimensions)
    {
        if (LevelStretches.Of(meter.Definition, stay, level) is { } stretch)
        {
            _contributions.Clear();
            stay.Terms.Plan.Spread(meter.Definition.Id, stretch, dimensions, stay.Terms.Zone, _contributions);
            Add(meter, stay, stretch.Quantity, _contributions);
        }
    }

    /// <summary>Adds what the parts of a session come to.</summary>
    /// <param name="sign">−1 takes it back.</param>
    /// <exception cref="InexactAmountException">A sum does not fit a decimal.</exception>
    public void AddSession(
        MeterEntry meter, IEnumerable<(TermsEntry Terms, List<(int Period, SessionStretch Stretch)> Parts)> session, int sign)
    {
        var contributions = new List<(int Period, Contribution Contribution)>();
        foreach (var (terms, parts) in session)
        {
            foreach (var (period, stretch) in parts)
            {
                Add((terms, period, DeviceBucket.OfMeter(0, 0, meter.Index).Key), new(new(sign * stretch.Usage.Quantity, 0m, 0), 0m, 0m, false));
            }
            contributions.Clear();
            terms.Plan.SpreadSession(meter.Definition.Id, parts, terms.Zone, contributions);
            foreach (var (period, c) in contributions)
            {
                Add((terms, period, c.Key), Of(c, sign));
            }
        }
    }

    private void Add(MeterEntry meter, in Stay stay, decimal quantity, List<Contribution> contributions)
    {
        Add((stay.Terms, stay.Period, DeviceBucket.OfMeter(0, 0, meter.Index).Key), new(new(quantity, 0m, 0), 0m, 0m, false));
        foreach (var c in contributions)
        {
            Add((stay.Terms, stay.Period, c.Key), Of(c, 1));
        }
    }

    private static StretchSum Of(in Contribution c, int sign) => new(
        new(sign * (c.Aggregate?.Quantity ?? c.Quantity), sign * c.Amount, 0), sign * c.UnroundedCharge, sign * c.Added, c.PerDevice);

    private void Add((TermsEntry, int, BucketKey) place, StretchSum sum) =>
        _sums[place] = _sums.TryGetValue(place, out var known) ? known.Add(sum) : sum;
}
