using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>An event that was corrected: its corrections in their order. Kept in memory, some 600 bytes a correction.</summary>
/// <param name="device">Number in the partition's table.</param>
/// <param name="meter">Number in the partition's table.</param>
internal sealed class CorrectedEvent(UInt128 id, int device, int meter)
{
    private readonly List<(long Lsn, UsageCorrected Fact)> _corrections = new(1);

    /// <summary>Hash of its identity.</summary>
    public UInt128 Id { get; } = id;

    public int Device { get; } = device;

    public int Meter { get; } = meter;

    /// <summary>Oldest first; at least one.</summary>
    public IReadOnlyList<(long Lsn, UsageCorrected Fact)> Corrections => _corrections;

    /// <summary>What it is now; null for nothing.</summary>
    public UsageVersion? Current => _corrections[^1].Fact.After;

    /// <summary>What counts now, as if it had been sent so; null for nothing.</summary>
    public UsageRecord? CurrentRecord => Current is { } version ? Record(_corrections[^1].Fact, version) : null;

    public UsageRecord Record(UsageCorrected fact, UsageVersion version) =>
        version.ToRecord(Device, Meter, fact.Asked.Event, fact.ReceivedAt.ToUnixTimeTicks());

    public void Add(long lsn, UsageCorrected fact) => _corrections.Add((lsn, fact));

    /// <summary>
    /// What the event adds to a line: the version that the line's invoice bills, and the one that it takes back from an earlier
    /// invoice. What came and went before one and the same invoice is in neither.
    /// </summary>
    /// <param name="line">The plan that rates the usage, its period, and the period whose invoice has the line.</param>
    /// <param name="rated">The number of the plan that rates a version: what was corrected before a back-dated change names another.</param>
    public (Placed? Withdrawn, Placed? Added) On((int Terms, int UsagePeriod, int BilledPeriod) line, Func<UsageVersion, int> rated)
    {
        bool Is(UsageVersion? v, int billed) => v is { Quarantine: null } && (rated(v), v.UsagePeriod, billed) == line;
        Placed? withdrawn = null;
        var (first, firstFact) = (_corrections[0].Fact.Before, _corrections[0].Fact);
        var added = Is(first, first.BilledPeriod) ? new Placed(firstFact.EventPosition, null, Record(firstFact, first)) : null;
        foreach (var (lsn, fact) in _corrections)
        {
            if (Is(fact.Before, fact.WithdrawnIn))
            {
                withdrawn = added is null ? withdrawn ?? new(lsn, fact, Record(fact, fact.Before)) : withdrawn;
                added = null;
            }
            if (Is(fact.After, fact.After?.BilledPeriod ?? 0))
            {
                added = new(lsn, fact, Record(fact, fact.After!));
            }
        }
        return (withdrawn, added);
    }

    /// <param name="Lsn">Position of the record that put it there.</param>
    /// <param name="By">The correction that did; null for the event as it was sent.</param>
    internal sealed record Placed(long Lsn, UsageCorrected? By, UsageRecord Record);
}
