using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A quantity to grant for one charge of a subscription.</summary>
/// <param name="Id">Chosen by the client; the same pack sent again counts once.</param>
/// <param name="Charge">Id of a usage charge of the plan in force.</param>
/// <param name="Quantity">Above zero, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Null is the charge's priced unit.</param>
/// <param name="Priority">1 to 1,000; lower is used first.</param>
/// <param name="Periods">How many billing periods may use it, the present one included; null for any number.</param>
/// <param name="CarryOver">The most that goes from one period into the next, in <paramref name="Unit"/>; null for all.</param>
/// <param name="Reference">The client's own words.</param>
[GenerateSerializer, Immutable, Alias("billing.pack-spec")]
public sealed record PackSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Charge,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] string? Unit,
    [property: Id(4)] CreditKind Kind,
    [property: Id(5)] int Priority,
    [property: Id(6)] int? Periods,
    [property: Id(7)] decimal? CarryOver,
    [property: Id(8)] string? Reference)
{
    /// <summary>Of packs that name none.</summary>
    public const int DefaultPriority = 100;
}
