using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>Usage that lasts: cut where prices change.</summary>
public sealed partial class CompiledPlan
{
    /// <summary>What a stretch of usage adds to the totals, cut at the borders of windows and schedules, so that every part has the price
    /// of its time. Charges that count events take nothing from it.</summary>
    /// <param name="meter">Of the usage.</param>
    /// <param name="stretch">Within one period and one plan; its quantity may take back what was added.</param>
    /// <param name="dimensions">Of the usage.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="into">Contributions are appended, several for one charge where it has several prices.</param>
    /// <returns>Why some part of it has no price, which then adds nothing to that charge, but to all others; null when every part has one.</returns>
    /// <exception cref="InexactAmountException">A part has a price, and the amount does not fit a decimal.</exception>
    public string? Spread(
        string meter, in UsageStretch stretch, IReadOnlyList<KeyValuePair<string, string>> dimensions, DateTimeZone zone,
        List<Contribution> into)
    {
        if (!_byMeter.TryGetValue(meter, out var charges))
        {
            return RatingReasons.NoChargeForMeter;
        }

        dimensions = _lookups?.Apply(dimensions) ?? dimensions;
        string? reason = null;
        foreach (var charge in charges)
        {
            if (!charge.CountsEvents && charge.Wants(dimensions))
            {
                var missing = Spread(charge, stretch, dimensions, zone, into);
                reason ??= missing;
            }
        }

        return reason;
    }

    /// <summary>That a record came which says what lasts: an event without a quantity. A charge that counts events counts the record of a
    /// level, and of sessions none: see <see cref="SpreadSession"/>.</summary>
    /// <returns>As <see cref="Contribute"/> does.</returns>
    public string? Arrive(
        string meter, Instant time, IReadOnlyList<KeyValuePair<string, string>> dimensions, DateTimeZone zone, List<Contribution> into)
    {
        var before = into.Count;
        var reason = Contribute(meter, time, 0m, dimensions, zone, into);
        for (var i = before; i < into.Count && Meter(meter)!.Session is not null; i++)
        {
            into[i] = into[i] with
            {
                Quantity = 0m, Amount = 0m, UnroundedCharge = into[i].UnroundedCharge is null ? null : 0m, Added = 0m,
                Aggregate = into[i].PerDevice ? Aggregate.Of(AggregationKind.Sum, 0m, time, null) : null,
            };
        }

        return reason;
    }

    /// <summary>Whether some charge rounds what sessions of the meter come to, so that parts depend on those before.</summary>
    public bool RoundsSessions(string meter) =>
        _byMeter.TryGetValue(meter, out var charges) && charges.Any(charge => charge.Definition.PerSession is not null);

    /// <summary>What the parts of one session that belong to this plan add to the totals. Charges that count events count the
    /// session.</summary>
    /// <param name="meter">Of the session.</param>
    /// <param name="parts">In time order, each within one period, with a number by which contributions are told apart.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="into">Contributions with the number of their part are appended.</param>
    /// <exception cref="InexactAmountException">A part has a price, and the amount does not fit a decimal.</exception>
    public void SpreadSession(
        string meter, IReadOnlyList<(int Number, SessionStretch Stretch)> parts, DateTimeZone zone,
        List<(int Number, Contribution Contribution)> into)
    {
        var contributions = new List<Contribution>();
        foreach (var charge in _byMeter.GetValueOrDefault(meter) ?? [])
        {
            var rounding = charge.Definition.PerSession is { } rule ? new SessionRounding(rule) : null;
            foreach (var (number, (usage, own, begins)) in parts)
            {
                var dimensions = _lookups?.Apply(own) ?? own;
                if (charge.CountsEvents == begins && charge.Wants(dimensions))
                {
                    contributions.Clear();
                    Spread(charge, usage, dimensions, zone, contributions, rounding);
                    into.AddRange(contributions.Select(c => (number, c)));
                }
            }
        }
    }

    private static string? Spread(
        CompiledCharge charge, in UsageStretch stretch, IReadOnlyList<KeyValuePair<string, string>> dimensions, DateTimeZone zone,
        List<Contribution> into, SessionRounding? rounding = null)
    {
        string? reason = null;
        var from = stretch.From;
        do
        {
            var to = Instant.Min(charge.NextBorder(from, zone), stretch.To);
            var quantity = DecimalText.Normalize(stretch.Cut(from, to).Quantity);
            var counted = rounding?.Next(quantity) ?? quantity;
            var missing = charge.Contribute(from, counted, dimensions, dimensions, zone, out var contribution);
            if (missing == RatingReasons.Inexact)
            {
                throw new InexactAmountException();
            }
            if (missing is not null)
            {
                reason ??= missing;
            }
            else
            {
                into.Add(rounding is null ? contribution : contribution with { Added = counted - quantity });
            }

            from = to;
        }
        while (from < stretch.To);
        return reason;
    }
}
