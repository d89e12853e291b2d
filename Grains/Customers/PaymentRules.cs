using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Receivables;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a payment may be.</summary>
internal static class PaymentRules
{
    public const int MaxPayments = 100_000;

    /// <summary>In major units.</summary>
    private const decimal MaxAmount = 100_000_000_000m;

    /// <returns>The payment, or everything that is wrong.</returns>
    public static (PaymentRecorded? Payment, CommandError[] Errors) Read(CustomerState customer, PaymentSpec spec, Instant now)
    {
        var errors = new List<CommandError>();
        var amount = WholeOf(spec.Amount, customer);
        if (amount is not { MinorUnits: > 0 })
        {
            errors.Add(new("payment.amount", $"Give an amount above zero in whole minor units of {customer.Spec.Currency}.", "/amount"));
        }
        if (spec.ReceivedAt > now)
        {
            errors.Add(new("payment.received_at", $"The tenant's clock is at {now}: a payment is recorded when it has come.", "/receivedAt"));
        }
        if (customer.Payments.Count >= MaxPayments)
        {
            errors.Add(new("payment.too_many", $"A customer has at most {MaxPayments} payments."));
        }
        var numbered = customer.Invoices.Where(i => i.Number is not null);
        var invoices = spec.Invoices is null ? null : Named(numbered.ToLookup(i => i.Number), spec.Invoices, errors);
        if (errors.Count > 0)
        {
            return (null, [.. errors]);
        }
        var open = (invoices ?? customer.OpenInvoices).Select(i => (i.Key, i.Open.Left));
        return (
            new(customer.Tenant.Id, customer.Spec.Id, new(spec.Id, amount!.Value, spec.ReceivedAt ?? now, spec.Method, spec.Reference, now),
                PaymentMatching.Match(amount.Value, open), spec),
            []);
    }

    /// <summary>Records compare arrays by reference; the invoices are compared by content.</summary>
    public static bool Same(PaymentSpec a, PaymentSpec b) =>
        a with { Invoices = b.Invoices } == b && (a.Invoices ?? []).SequenceEqual(b.Invoices ?? []);

    /// <summary>Null where the currency has no such minor units.</summary>
    public static Money? WholeOf(decimal amount, CustomerState customer)
    {
        if (Math.Abs(amount) > MaxAmount)
        {
            return null;
        }
        var whole = Money.FromExact(amount, Currency.FromCode(customer.Spec.Currency), LineRounding.HalfAwayFromZero);
        return whole.ToDecimal() == amount ? whole : null;
    }

    private static List<IssuedInvoice> Named(ILookup<string?, IssuedInvoice> numbered, string[] asked, List<CommandError> errors)
    {
        var invoices = new List<IssuedInvoice>();
        foreach (var (i, number) in asked.Index())
        {
            if (numbered[number].FirstOrDefault() is not { } invoice)
            {
                errors.Add(new("invoice.unknown", $"The customer has no invoice '{number}'.", $"/invoices/{i}"));
            }
            else if (invoices.Contains(invoice))
            {
                errors.Add(new("payment.invoice_twice", $"'{number}' is given twice.", $"/invoices/{i}"));
            }
            else
            {
                invoices.Add(invoice);
            }
        }
        return invoices;
    }
}
