using NodaTime;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Core.Accounting;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>The journal of a customer by the time of posting.</summary>
internal static class CustomerAccounting
{
    /// <summary>Entries that were posted in a half-open time, by number.</summary>
    /// <param name="after">Number to begin behind.</param>
    public static IEnumerable<AccountingEntry> Entries(CustomerState customer, Instant from, Instant to, int after) => customer.Posted
        .Select((item, index) => (Item: item, Index: index)).Skip(after)
        .Where(p => PostedAt(p.Item) is var at && at >= from && at < to)
        .Select(p => new AccountingEntry(
            customer.Spec.Id, customer.Spec.Currency, (p.Item as IssuedDocument)?.LegalEntity, PeriodEnd(customer, p.Item),
            CustomerWallets.EntryOf(p.Item, p.Index)));

    /// <summary>Adds all entries posted before the end of a half-open time.</summary>
    public static void Add(CustomerState customer, Instant from, Instant to, TrialBalance balance)
    {
        foreach (var item in customer.Posted)
        {
            var at = PostedAt(item);
            if (at < from)
            {
                balance.Open(PostingsOf(item));
            }
            else if (at < to)
            {
                balance.Post(PostingsOf(item));
            }
        }
    }

    private static Posting[] PostingsOf(object item) =>
        item is IssuedInvoice invoice ? Postings.OfInvoice(invoice.Gross, invoice.Tax, invoice.Draws) : CustomerWallets.PostingsOf(item);

    private static Instant? PeriodEnd(CustomerState customer, object item) => item switch
    {
        IssuedInvoice invoice => invoice.PeriodEnd,
        IssuedCreditNote note => customer.Issued(note.Invoice)!.PeriodEnd,
        _ => null,
    };

    /// <summary>When an item of the journal was posted, without reading documents; as its entry says.</summary>
    private static Instant PostedAt(object item) => item switch
    {
        IssuedInvoice i => i.IssuedAt,
        IssuedCreditNote n => n.IssuedAt,
        CreditGranted g => g.Grant.GrantedAt,
        GrantEnded e => e.RecordedAt,
        PaymentRecorded p => p.Payment.RecordedAt,
        PaymentReversed p => p.At,
        BalanceRefunded r => r.At,
        InvoiceWrittenOff w => w.At,
        _ => throw new ArgumentException($"A {item.GetType().Name} is no entry.", nameof(item)),
    };
}
