using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Allowances;

/// <summary>One allowance made ready.</summary>
/// <param name="Number">Its place in the plan.</param>
/// <param name="Terms">As the plan gives it.</param>
/// <param name="Scope">The bit of its scope in a class; null: every class.</param>
/// <param name="Rule">How devices are counted for it; null where they are not.</param>
internal sealed record CompiledAllowance(int Number, ChargeAllowance Terms, int? Scope, PresenceRule? Rule)
{
    /// <summary>Whether usage of a class can use it.</summary>
    internal bool Covers(UsageClass usage) => Scope is not { } bit || (usage.Scopes >> bit & 1) == 1;
}
