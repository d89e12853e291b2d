using OrleansBilling.Core.Receivables;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What is still to be paid of invoices, and what was paid; see docs/adr/0041.</summary>
internal sealed partial class CustomerState
{
    private Dictionary<string, ReceivedPayment>? _payments;

    /// <summary>In the order of recording.</summary>
    public IReadOnlyCollection<ReceivedPayment> Payments => _payments?.Values ?? (IReadOnlyCollection<ReceivedPayment>)[];

    /// <summary>In the order of issue.</summary>
    public IEnumerable<IssuedCreditNote> CreditNotes => Wallets?.History.OfType<IssuedCreditNote>() ?? [];

    public IEnumerable<BalanceRefunded> Refunds => Wallets?.History.OfType<BalanceRefunded>() ?? [];

    public ReceivedPayment? Payment(string id) => _payments?.GetValueOrDefault(id);

    /// <summary>Invoices with something left to pay, those that were issued first at first.</summary>
    public IEnumerable<IssuedInvoice> OpenInvoices => Invoices.Where(i => i.Open.Left.MinorUnits > 0);

    public void Apply(CreditNotePrepared fact)
    {
        var note = new IssuedCreditNote(fact);
        Moving.Apply(note);
        Issued(fact.Invoice)!.Take(note);
    }

    public void Apply(PaymentRecorded fact)
    {
        Moving.Apply(fact);
        var payment = new ReceivedPayment(fact);
        (_payments ??= new(StringComparer.Ordinal)).Add(fact.Payment.Id, payment);
        foreach (var part in fact.Allocations)
        {
            Allocate(payment, part);
        }
    }

    public void Apply(PaymentAllocated fact)
    {
        Moving.Keep(fact);
        Allocate(Payment(fact.Payment)!, fact.Allocation);
    }

    public void Apply(PaymentReversed fact)
    {
        Moving.Apply(fact);
        foreach (var part in Payment(fact.Payment)!.Reverse(fact.At))
        {
            Issued(part.Invoice)!.Open.Pay(-part.Amount);
        }
    }

    public void Apply(InvoiceWrittenOff fact)
    {
        Moving.Apply(fact);
        Issued(fact.Invoice)!.Open.WriteOff(fact.Amount);
    }

    public void Apply(BalanceRefunded fact) => Moving.Apply(fact);

    private void Allocate(ReceivedPayment payment, PaymentAllocation part)
    {
        payment.Take(part);
        Issued(part.Invoice)!.Open.Pay(part.Amount);
    }
}
