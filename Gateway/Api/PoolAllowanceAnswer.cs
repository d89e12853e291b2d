using NodaTime;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Gateway.Api;

/// <summary>One allowance of a charge in one billing period; quantities in the priced unit.</summary>
/// <param name="Kind">device, flex, fixed or block.</param>
/// <param name="Own">The period's own quantity, of all devices; of a block: of all that were bought.</param>
/// <param name="CarriedIn">What earlier periods left to it.</param>
/// <param name="Used">What it covered.</param>
/// <param name="Left">What was not used of it.</param>
/// <param name="Blocks">Of a block: how many were bought.</param>
/// <param name="Carried">What each earlier period left, the oldest first.</param>
internal sealed record PoolAllowanceAnswer(
    string Id, string Name, string Kind, decimal Own, decimal CarriedIn, decimal Used, decimal Left, decimal Blocks,
    PoolCarriedAnswer[] Carried)
{
    public static PoolAllowanceAnswer Of(PoolAllowanceView a) => new(
        a.Id, a.Name, a.Kind.ToString().ToLowerInvariant(), a.Own, a.CarriedIn, a.Used, a.Left, a.Blocks,
        [.. a.Carried.Select(c => new PoolCarriedAnswer(c.PeriodStart, c.Quantity))]);
}

/// <summary>What an earlier period left to a pool.</summary>
/// <param name="PeriodStart">First instant of the period whose own quantity it was.</param>
internal sealed record PoolCarriedAnswer(Instant PeriodStart, decimal Quantity);
