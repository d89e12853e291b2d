using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Agreements;

/// <summary>What the invoices issued so far have of one period of an agreement.</summary>
/// <param name="Charged">Lines of subscriptions.</param>
/// <param name="Minimum">Added up to the minimum.</param>
/// <param name="Maximum">Taken off above the maximum; not above zero.</param>
public readonly record struct SpendTally(Money Charged, Money Minimum, Money Maximum)
{
    /// <summary>Nothing yet.</summary>
    public static SpendTally Nothing(Currency currency) => new(Money.Zero(currency), Money.Zero(currency), Money.Zero(currency));
}
