namespace OrleansBilling.Core.Balances;

/// <summary>What happens when a wallet is used up.</summary>
public enum WhenEmpty
{
    /// <summary>The rest is invoiced.</summary>
    Invoice,

    /// <summary>Reservations end where the customer's money ends. Usage that was not reserved is a fact and is invoiced all the same.</summary>
    Block,
}
