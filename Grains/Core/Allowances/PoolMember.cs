using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Allowances;

/// <summary>One device of a pool in one period.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Days">Local days for which it brings its quantity.</param>
/// <param name="Included">What it brings, in the priced unit; at most 12 places.</param>
/// <param name="Used">What it used, in the priced unit.</param>
/// <param name="Excess">What it used beyond what it brings; not below zero.</param>
/// <param name="Share">Its share of the charge's amount; the shares of all add up to it.</param>
/// <param name="Own">Of what it used: covered by its own allowances, which no other device can use.</param>
/// <param name="BeyondLimit">Of its excess: what it used beyond its limit of the pools.</param>
public sealed record PoolMember(
    string Device, decimal Days, decimal Included, decimal Used, decimal Excess, Money Share, decimal Own = 0m, decimal BeyondLimit = 0m);
