using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <summary>How many events of a batch came to what.</summary>
internal readonly record struct UsageTotals(
    long Plain, long Duplicates, long Conflicts, long Late, long Quarantined, long Refused)
{
    /// <summary>Kept: accepted, late or quarantined.</summary>
    public long Accepted => Plain + Late + Quarantined;

    /// <summary>Not kept: rejected or in conflict.</summary>
    public long Rejected => Refused + Conflicts;

    public static UsageTotals Of(ReadOnlySpan<UsageResult> results)
    {
        Span<long> counts = stackalloc long[6];
        foreach (ref readonly var result in results)
        {
            counts[(int)result.Status]++;
        }
        return new(
            counts[(int)UsageStatus.Accepted], counts[(int)UsageStatus.Duplicate], counts[(int)UsageStatus.Conflict],
            counts[(int)UsageStatus.Late], counts[(int)UsageStatus.Quarantined], counts[(int)UsageStatus.Rejected]);
    }

    public static UsageTotals operator +(UsageTotals left, UsageTotals right) => new(
        left.Plain + right.Plain,
        left.Duplicates + right.Duplicates,
        left.Conflicts + right.Conflicts,
        left.Late + right.Late,
        left.Quarantined + right.Quarantined, left.Refused + right.Refused);
}
