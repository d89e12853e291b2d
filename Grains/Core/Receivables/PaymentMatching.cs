using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Receivables;

/// <summary>Which invoices a payment pays.</summary>
public static class PaymentMatching
{
    /// <summary>Pays invoices in their order, each as far as it goes; what is over stays with the payment.</summary>
    /// <param name="amount">Not below zero.</param>
    /// <param name="open">What is left of each invoice, in the order in which they are paid: usually what was due first.</param>
    public static PaymentAllocation[] Match(Money amount, IEnumerable<(string Invoice, Money Left)> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        var rest = amount;
        var parts = new List<PaymentAllocation>();
        foreach (var (invoice, left) in open)
        {
            var part = left.MinorUnits < rest.MinorUnits ? left : rest;
            if (part.MinorUnits > 0)
            {
                parts.Add(new(invoice, part));
                rest -= part;
            }
        }
        return [.. parts];
    }
}
