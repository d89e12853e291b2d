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
            var charges = customer.Charges(issued.Invoice.Lines).ToArray();
            var own = CustomerState.AgreementLines(issued).ToArray();
            var (expected, actual) = (
                InvoiceComparison.Text(book.Lines(charges, issued.Invoice.PeriodEnd).Select(l => l.Line)),
                InvoiceComparison.Text(own.Select(l => l.Line)));
            if (expected != actual)
            {
                yield return new("agreement.differs", $"invoice {issued.Invoice.Id}", expected, actual);
            }
            book.Take(charges, own, issued.Invoice.PeriodEnd);
        }
    }
}
