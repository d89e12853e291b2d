using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Allowances;

/// <summary>
/// Where the totals of a charge with several allowances are. The numbers are stored with totals, so they never change: usage
/// in no scope is in the bucket of its row, what else there is begins behind all buckets that other charges have.
/// </summary>
internal sealed class AllowanceBuckets
{
    /// <summary>Companions that may ever come to be lie before this many times the rows.</summary>
    private const int RowsBefore = 32;

    private readonly int _rows;
    private readonly int _masks;
    private readonly int _allowances;

    internal AllowanceBuckets(int rows, int scopes, int allowances) => (_rows, _masks, _allowances) = (rows, 1 << scopes, allowances);

    /// <summary>Every class, in the order of rows, then of scopes.</summary>
    internal IEnumerable<UsageClass> Classes =>
        from row in Enumerable.Range(0, _rows) from mask in Enumerable.Range(0, _masks) select new UsageClass(row, mask);

    private int PresenceFrom => (_rows * RowsBefore) + 1;

    private int ClassesFrom => PresenceFrom + PlanLimits.MaxAllowances;

    /// <summary>Device-days of an allowance that is for each device.</summary>
    internal int Presence(int allowance) => PresenceFrom + allowance;

    /// <summary>Usage of a class.</summary>
    internal int Usage(UsageClass usage) => usage.Scopes == 0 ? usage.Row : ClassesFrom + Place(usage);

    /// <summary>What devices used beyond their limit of the pools.</summary>
    internal int BeyondLimit(UsageClass usage) => ClassesFrom + (_rows * _masks) + Place(usage);

    /// <summary>What devices used of their own quantities.</summary>
    internal int Own(int allowance, UsageClass usage) => ClassesFrom + (_rows * _masks * (allowance + 2)) + Place(usage);

    /// <summary>The row whose usage a bucket totals; -1 for any other bucket.</summary>
    internal int RowOf(int bucket) => bucket < _rows ? bucket
        : bucket >= ClassesFrom && bucket < ClassesFrom + (_rows * _masks) ? (bucket - ClassesFrom) / _masks
        : -1;

    /// <summary>Whether totals may have this bucket, of those that only such charges have.</summary>
    internal bool Has(int bucket) => bucket >= PresenceFrom
        && bucket < ClassesFrom + (_rows * _masks * (_allowances + 2))
        && (bucket >= ClassesFrom || bucket < PresenceFrom + _allowances);

    private int Place(UsageClass usage) => (usage.Row * _masks) + usage.Scopes;
}
