using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Goes through what a customer owed and paid from the first document: totals are the sums of lines, credit is what was left then, and
/// the journal's receivable is what is still to be paid less what the customer has to its credit.
/// </summary>
internal static class ReceivablesComparison
{
    public static IEnumerable<AuditFinding> Compare(CustomerState customer)
    {
        var currency = Currency.FromCode(customer.Spec.Currency);
        var carried = new CarriedCredit(currency);
        foreach (var item in customer.JournalItems)
        {
            switch (item)
            {
                case IssuedInvoice issued:
                    var invoice = issued.Read();
                    var (credit, used) = (carried.Use(issued.Gross), issued.Credit);
                    if (credit != used)
                    {
                        yield return new("invoice.credit", invoice.Id, $"{credit}", $"{used}");
                    }
                    var sum = invoice.Lines.Sum(l => l.Amount.ToDecimal());
                    if (sum != invoice.Total)
                    {
                        yield return new("invoice.total", invoice.Id, $"{sum}", $"{invoice.Total}");
                    }
                    foreach (var shown in invoice.TaxConversions ?? [])
                    {
                        var converted = shown.Rate.Convert(TaxConversion.TaxOf(invoice.Tax!, shown.Jurisdiction));
                        if (converted != shown.Converted)
                        {
                            yield return new("invoice.tax_conversion", invoice.Id, $"{converted}", $"{shown.Converted}");
                        }
                    }
                    break;
                case IssuedCreditNote note:
                    carried.Give(note.Balance);
                    if (note.Applied + note.Balance != note.Gross)
                    {
                        yield return new("credit_note.total", $"{note.Number}", $"{note.Gross}", $"{note.Applied + note.Balance}");
                    }
                    break;
                case BalanceRefunded refund:
                    carried.Give(-refund.Amount);
                    break;
            }
        }
        var zero = Money.Zero(currency);
        var open = customer.Invoices.Aggregate(zero, (total, i) => total + i.Open.Left);
        var credited = customer.Payments.Aggregate(carried.Left, (total, p) => total + p.Unapplied);
        var receivable = customer.Wallets?.Ledger.Balance(Accounts.Receivable) ?? credited - open;
        if (receivable != credited - open)
        {
            yield return new("receivable.differs", $"customer {customer.Spec.Id}", $"{credited} less {open}", $"{receivable}");
        }
    }
}
