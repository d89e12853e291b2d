using NodaTime;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A pool in one billing period, as it stands now.</summary>
/// <param name="Unit">Of every quantity.</param>
/// <param name="Included">What its devices and the charge's own free quantity bring.</param>
/// <param name="Used">By all devices.</param>
/// <param name="Overage">Beyond what is included.</param>
/// <param name="Amount">What the charge costs in the period.</param>
/// <param name="Devices">How many belong to it.</param>
/// <param name="Members">A page of them, by id.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
/// <param name="Allowances">Of a charge with several, in the order in which they are used.</param>
internal sealed record PoolAnswer(
    string Subscription,
    string Charge,
    Instant PeriodStart,
    Instant PeriodEnd,
    string Unit,
    decimal Included,
    decimal Used,
    decimal Overage,
    string Amount,
    string Currency,
    int Devices,
    PoolMemberAnswer[] Members,
    string? Next,
    PoolAllowanceAnswer[] Allowances)
{
    public static PoolAnswer Of(PoolView pool, string? after, int limit)
    {
        PoolMember[] page = [.. pool.Members
            .SkipWhile(m => after is not null && string.CompareOrdinal(m.Device, after) <= 0).Take(limit + 1)];
        var next = page.Length > limit ? Cursor.Encode(page[limit - 1].Device) : null;
        return new(
            pool.Subscription, pool.Charge, pool.PeriodStart, pool.PeriodEnd, pool.Unit, pool.Included, pool.Used, pool.Overage,
            Api.Amount.Format(pool.Amount, pool.Currency), pool.Currency, pool.Members.Length,
            [.. page.Take(limit).Select(PoolMemberAnswer.Of)], next,
            [.. pool.Allowances.Select(PoolAllowanceAnswer.Of)]);
    }
}

/// <summary>One device of a pool.</summary>
/// <param name="Days">Local days for which it brings its quantity.</param>
/// <param name="Included">What it brings.</param>
/// <param name="Excess">What it used beyond that.</param>
/// <param name="Share">Its share of the amount; the shares of all devices add up to it.</param>
/// <param name="Own">Of what it used: covered by allowances of its own.</param>
/// <param name="BeyondLimit">Of its excess: beyond its limit of the pools.</param>
internal sealed record PoolMemberAnswer(
    string Device, decimal Days, decimal Included, decimal Used, decimal Excess, string Share, decimal Own, decimal BeyondLimit)
{
    public static PoolMemberAnswer Of(PoolMember member) => new(
        member.Device, member.Days, member.Included, member.Used, member.Excess, member.Share.ToString(), member.Own, member.BeyondLimit);
}
