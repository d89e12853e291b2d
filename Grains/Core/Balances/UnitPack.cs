using NodaTime;

namespace OrleansBilling.Core.Balances;

/// <summary>A quantity that was bought, or given, for one charge of a subscription: usage takes it before it has a price.</summary>
/// <remarks>Rule: ADR 0026. It never changes; what is left of it follows from the usage of each period.</remarks>
/// <param name="Id">Chosen by the client; unique in its subscription.</param>
/// <param name="Charge">Id of the usage charge.</param>
/// <param name="Unit">The charge's priced unit; under a plan that prices the charge in another unit it rests.</param>
/// <param name="Quantity">In <paramref name="Unit"/>; above zero.</param>
/// <param name="Kind">Promotional ones are used before paid ones of the same priority and expiry.</param>
/// <param name="Priority">1 to 1,000; lower is used first.</param>
/// <param name="FirstPeriod">Index of the billing period in which it was granted: all usage of that period may take it.</param>
/// <param name="LastPeriod">Index of the last period whose usage may take it; null for any.</param>
/// <param name="GrantedAt">The tenant's clock.</param>
/// <param name="CarryOver">The most that goes from one period into the next; null for all.</param>
/// <param name="Reference">The client's own words, such as the number of a payment.</param>
public sealed record UnitPack(
    string Id,
    string Charge,
    string Unit,
    decimal Quantity,
    CreditKind Kind,
    int Priority,
    int FirstPeriod,
    int? LastPeriod,
    Instant GrantedAt,
    string? Reference,
    decimal? CarryOver = null)
{
    /// <summary>What goes into the next period of what a period leaves.</summary>
    public decimal Carried(int period, decimal left) =>
        period >= LastPeriod ? 0m : CarryOver is { } most && most < left ? most : left;
}
