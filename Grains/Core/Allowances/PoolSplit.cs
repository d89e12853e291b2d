namespace OrleansBilling.Core.Allowances;

/// <summary>Who of a pool's devices pays for what is beyond it, when the cost is charged back. The bill itself is not changed.</summary>
/// <remarks>
/// Rule: semantics, overage attribution. The last consumer is not offered: who that is depends on the order of events that arrive,
/// and a bill must not.
/// </remarks>
public enum PoolSplit
{
    /// <summary>In proportion to what each used beyond what it brings. The default.</summary>
    Excess = 0,

    /// <summary>In proportion to all that each used.</summary>
    Usage = 1,
}
