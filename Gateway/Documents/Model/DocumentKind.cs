namespace OrleansBilling.Documents;

/// <summary>What a document is: the invoice type code, BT-3 of EN 16931 (UNTDID 1001).</summary>
public enum DocumentKind
{
    /// <summary>Code 380. Amounts are positive where the buyer owes the seller.</summary>
    Invoice,

    /// <summary>Code 381. Amounts are positive where the seller owes the buyer: what is credited, without a minus.</summary>
    CreditNote,
}
