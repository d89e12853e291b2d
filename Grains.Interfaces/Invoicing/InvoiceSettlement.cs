using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>How far an invoice is paid; it changes while the invoice does not.</summary>
/// <param name="Paid">By payments.</param>
/// <param name="Credited">By credit notes, off what was still to be paid.</param>
/// <param name="WrittenOff">Given up.</param>
/// <param name="Outstanding">What is still to be paid.</param>
/// <param name="CreditNotes">Numbers of its credit notes.</param>
[GenerateSerializer, Immutable, Alias("billing.invoice-settlement")]
public sealed record InvoiceSettlement(
    [property: Id(0)] SettlementState State,
    [property: Id(1)] Money Paid,
    [property: Id(2)] Money Credited,
    [property: Id(3)] Money WrittenOff,
    [property: Id(4)] Money Outstanding,
    [property: Id(5)] string[] CreditNotes);

/// <summary>Where the payment of an invoice is. The names are public.</summary>
public enum SettlementState
{
    /// <summary>Nothing was paid yet, and there is time.</summary>
    Unpaid,

    /// <summary>A part was paid, and there is time for the rest.</summary>
    PartiallyPaid,

    /// <summary>Nothing is left to pay.</summary>
    Paid,

    /// <summary>The due date is over.</summary>
    Overdue,

    /// <summary>The rest was given up.</summary>
    Uncollectible,
}
