using NodaTime;

namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>Where an entry is among those of all partitions: ordered by time, then partition, then number.</summary>
/// <param name="At">By the clock of the wall; in a partition never earlier than that of the entry before.</param>
/// <param name="Partition">From 0.</param>
/// <param name="Number">In its partition, from 1, without gaps.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-place")]
public readonly record struct AuditPlace(
    [property: Id(0)] Instant At, [property: Id(1)] int Partition, [property: Id(2)] long Number) : IComparable<AuditPlace>
{
    /// <inheritdoc/>
    public int CompareTo(AuditPlace other) => (At, Partition, Number).CompareTo((other.At, other.Partition, other.Number));

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(AuditPlace left, AuditPlace right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after the other.</summary>
    public static bool operator >(AuditPlace left, AuditPlace right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come after the other.</summary>
    public static bool operator <=(AuditPlace left, AuditPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before the other.</summary>
    public static bool operator >=(AuditPlace left, AuditPlace right) => left.CompareTo(right) >= 0;
}
