using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Receivables;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>A payment, and what it pays.</summary>
internal sealed class ReceivedPayment(PaymentRecorded fact)
{
    private readonly List<PaymentAllocation> _allocations = [];

    public PaymentRecorded Fact => fact;

    /// <summary>What pays nothing yet.</summary>
    public Money Unapplied { get; private set; } = fact.Payment.Amount;

    /// <summary>When it went back; null while it did not.</summary>
    public Instant? ReversedAt { get; private set; }

    public void Take(PaymentAllocation part)
    {
        _allocations.Add(part);
        Unapplied -= part.Amount;
    }

    /// <returns>What it no longer pays.</returns>
    public PaymentAllocation[] Reverse(Instant at)
    {
        PaymentAllocation[] undone = [.. _allocations];
        _allocations.Clear();
        (Unapplied, ReversedAt) = (Money.Zero(Unapplied.Currency), at);
        return undone;
    }

    /// <param name="customer">Says the numbers of the invoices.</param>
    public PaymentView View(CustomerState customer) => new(
        fact.Payment, [.. _allocations.Select(a => a with { Invoice = customer.Issued(a.Invoice)?.Number ?? "" })], Unapplied, ReversedAt);
}
