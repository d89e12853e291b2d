using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>One allowance of a charge in one billing period; quantities in the priced unit.</summary>
/// <param name="Own">The period's own quantity, of all devices; of a block: of all that were bought.</param>
/// <param name="CarriedIn">All that earlier periods left to it.</param>
/// <param name="Used">What it covered.</param>
/// <param name="Left">What was not used of it.</param>
/// <param name="Blocks">Of a block: how many were bought.</param>
/// <param name="Carried">What each earlier period left, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("billing.pool-allowance")]
public sealed record PoolAllowanceView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] AllowanceKind Kind,
    [property: Id(3)] decimal Own,
    [property: Id(4)] decimal CarriedIn,
    [property: Id(5)] decimal Used,
    [property: Id(6)] decimal Left,
    [property: Id(7)] decimal Blocks,
    [property: Id(8)] PoolCarriedView[] Carried);
