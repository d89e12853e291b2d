namespace OrleansBilling.Core.Reservations;

/// <summary>What leaves less of a quantity than is wanted.</summary>
public enum QuotaLimit
{
    /// <summary>The charge's own <c>blockAt</c>.</summary>
    Charge,

    /// <summary>The customer's wallets.</summary>
    Balance,

    /// <summary>The maximum of the plan.</summary>
    Plan,

    /// <summary>The maximum of an agreement over all subscriptions of the customer.</summary>
    Customer,
}
