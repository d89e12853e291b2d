using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Allowances;

/// <summary>One allowance of a charge in one period; quantities in the priced unit.</summary>
/// <param name="Id">Its id in the charge.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Own">The period's own quantity, of all devices; of a block: of all that were bought.</param>
/// <param name="Carried">What earlier periods left to it, the oldest first.</param>
/// <param name="Used">What it covered.</param>
/// <param name="Left">What was not used of it.</param>
/// <param name="Blocks">Of a block: how many were bought.</param>
public sealed record PoolAllowance(
    string Id, string Name, AllowanceKind Kind, decimal Own, IReadOnlyList<CarriedQuantity> Carried, decimal Used, decimal Left,
    decimal Blocks);
