using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Pricing;

/// <summary>
/// A flex pool: every device of the subscription brings an included quantity, and all of them use the sum. It belongs to one
/// charge and one period; what is left is not carried over.
/// </summary>
/// <param name="PerDevice">Priced units that a device brings for a whole period; above zero.</param>
/// <param name="Joiner">What a device brings that came during the period.</param>
/// <param name="Leaver">What a device brings that left during the period; by default all of it, since its fee is paid.</param>
/// <param name="States">States in which a device brings its quantity; empty: active.</param>
/// <remarks>Rule: semantics, pooled allowance.</remarks>
public sealed record AllowanceDefinition(
    decimal PerDevice, MemberShare Joiner, MemberShare Leaver, IReadOnlyList<LifecycleState> States)
{
    /// <summary>What a leaver brings when the plan does not say.</summary>
    public const MemberShare DefaultLeaver = MemberShare.Whole;
}
