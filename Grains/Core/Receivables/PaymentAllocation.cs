using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Receivables;

/// <summary>A part of a payment that pays an invoice.</summary>
/// <param name="Invoice">What the invoice is known by.</param>
/// <param name="Amount">Above zero.</param>
public sealed record PaymentAllocation(string Invoice, Money Amount);
