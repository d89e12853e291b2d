namespace OrleansBilling.Core.Allowances;

/// <summary>The allowances of a charge in one period, and what each device has of them; quantities in the priced unit.</summary>
/// <param name="Allowances">In the order in which they are used.</param>
/// <param name="Included">All there is: own quantities, what was carried over, and blocks that were bought.</param>
/// <param name="Overage">What none of them covers.</param>
/// <param name="Members">In the order in which the devices were given.</param>
public sealed record PoolOverview(
    IReadOnlyList<PoolAllowance> Allowances, decimal Included, decimal Overage, IReadOnlyList<PoolMember> Members);
