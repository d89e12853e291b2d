using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Core.Agreements;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Customers;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Goes through a customer's invoices from the first: each must have the lines that the agreements, as they were known then, make of the
/// charges of it and of those before it.
/// </summary>
internal static class AgreementComparison
{
    public static IEnumerable<AuditFinding> Compare(CustomerState customer)
    {
        if (customer.Agreements is not { } agreements)
        {
            yield break;
        }
        var book = new SpendBook(Currency.FromCode(customer.Spec.Currency));
        foreach (var (i, issued) in customer.Invoices.Index())
        {
            book = agreements.AsOf(i, book);
            var invoice = issued.Read();
            var charges = customer.Charges(invoice.Lines).ToArray();
            var own = CustomerState.AgreementLines(invoice, issued.BilledPeriods).ToArray();
            var (expected, actual) = (
                InvoiceComparison.Text(book.Lines(charges, invoice.PeriodEnd).Select(l => l.Line)),
                InvoiceComparison.Text(own.Select(l => l.Line)));
            if (expected != actual)
            {
                yield return new("agreement.differs", $"invoice {invoice.Id}", expected, actual);
            }
            book.Take(charges, own, invoice.PeriodEnd);
        }
    }
}
