using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>
/// What usage comes to where quantities are not simply added: immutable, and merged in any order and grouping. All but
/// sums may also be merged with themselves: repetition changes nothing.
/// </summary>
public sealed class Aggregate
{
    /// <summary>
    /// Different values that are told apart in one bucket: of one device where the meter is per device, else of one
    /// partition's devices of one subscription and period, unless the meter says less. Usage with one more is quarantined.
    /// </summary>
    public const int MaxDistinct = 10_000;

    private Aggregate(AggregationKind kind, decimal value, Instant time, ImmutableSortedSet<string>? distinct)
    {
        Kind = kind;
        Value = value;
        Time = time;
        Distinct = distinct;
    }

    /// <summary>How it is merged.</summary>
    public AggregationKind Kind { get; }

    /// <summary>The sum, the extreme, or the latest value; 0 of unique.</summary>
    public decimal Value { get; }

    /// <summary>When the latest value was reported; the epoch of every other kind.</summary>
    public Instant Time { get; }

    /// <summary>The different values in ordinal order; only of unique.</summary>
    public ImmutableSortedSet<string>? Distinct { get; }

    /// <summary>What it counts for.</summary>
    public decimal Quantity => Distinct?.Count ?? Value;

    /// <summary>One event.</summary>
    /// <param name="kind">How it is merged.</param>
    /// <param name="value">After per-event rules; takes no part in unique.</param>
    /// <param name="time">The event's; takes part only in latest.</param>
    /// <param name="distinct">The value of the dimension that is counted; only of unique.</param>
    public static Aggregate Of(AggregationKind kind, decimal value, Instant time, string? distinct) => kind switch
    {
        // The shortest form: of 2.5 and 2.50 it must not matter which came first.
        AggregationKind.Sum or AggregationKind.Max or AggregationKind.Min =>
            new(kind, DecimalText.Normalize(value), NodaConstants.UnixEpoch, null),
        AggregationKind.Latest => new(kind, DecimalText.Normalize(value), time, null),
        AggregationKind.Unique => new(kind, 0m, NodaConstants.UnixEpoch,
            ImmutableSortedSet.Create(StringComparer.Ordinal, distinct
                ?? throw new ArgumentNullException(nameof(distinct), "A unique count needs the value to count."))),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such aggregation."),
    };

    /// <summary>Told again as its properties said.</summary>
    public static Aggregate Restore(AggregationKind kind, decimal value, Instant time, IEnumerable<string>? distinct) =>
        kind == AggregationKind.Unique
            ? new(kind, 0m, NodaConstants.UnixEpoch, (distinct ?? []).ToImmutableSortedSet(StringComparer.Ordinal))
            : Of(kind, value, time, null);

    /// <summary>Both together.</summary>
    /// <exception cref="ArgumentException">The other one is of another kind.</exception>
    /// <exception cref="InexactAmountException">A sum does not fit a decimal.</exception>
    public Aggregate Merge(Aggregate other)
    {
        if (other.Kind != Kind)
        {
            throw new ArgumentException($"A {other.Kind} does not merge into a {Kind}.", nameof(other));
        }

        return Kind switch
        {
            AggregationKind.Sum => new(Kind, DecimalText.Normalize(ExactMath.Add(Value, other.Value)), Time, null),
            AggregationKind.Max => other.Value > Value ? other : this,
            AggregationKind.Min => other.Value < Value ? other : this,
            AggregationKind.Latest => (other.Time, other.Value).CompareTo((Time, Value)) > 0 ? other : this,
            _ => Union(other),
        };
    }

    /// <summary>What takes a sum back when it is merged.</summary>
    /// <exception cref="InvalidOperationException">Nothing takes back another kind.</exception>
    public Aggregate Negated() => Kind == AggregationKind.Sum
        ? new(Kind, -Value, Time, null)
        : throw new InvalidOperationException($"A {Kind} cannot be taken back.");

    /// <summary>Whether merging in the other one would tell more values apart than are allowed.</summary>
    /// <param name="other">Of the same kind.</param>
    /// <param name="most">See <see cref="MeterDefinition.DistinctLimit"/>.</param>
    public bool IsFullFor(Aggregate other, int most) =>
        Distinct?.Count >= most && !other.Distinct!.IsSubsetOf(Distinct);

    private Aggregate Union(Aggregate other)
    {
        var union = Distinct!.Union(other.Distinct!);
        return union == Distinct ? this : new(Kind, 0m, Time, union);
    }
}
