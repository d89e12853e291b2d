namespace OrleansBilling.Core.Balances;

/// <summary>Where the money of a grant came from.</summary>
public enum CreditKind
{
    /// <summary>The customer paid for it; what is voided goes back to the customer.</summary>
    Paid,

    /// <summary>Given away; it is drawn before paid money of the same priority and expiry.</summary>
    Promotional,
}
