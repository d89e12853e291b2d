using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Customers;

/// <summary>An invoice that will come if nothing more happens.</summary>
/// <param name="Due">What it asks wallets for; its total with tax, before credit is brought forward.</param>
/// <param name="Taxes">Null where none are charged; a hold where they are not known.</param>
/// <param name="Lines">In the order of the invoice.</param>
/// <param name="Numbers">Of these lines on the running bill.</param>
/// <param name="Agreed">Those of them that agreements add, the last ones.</param>
internal sealed record OpenInvoice(Instant PeriodEnd, Money Due, BillLine[] Lines, int[] Numbers, InvoiceLine[] Agreed, TaxOutcome? Taxes)
{
    /// <summary>By their period ends; agreements count as if their periods that have begun were over.</summary>
    /// <param name="open">Statements that are on no invoice yet, in the order in which the running bill has their lines.</param>
    /// <param name="issuer">Who will issue it; null where the tenant has not said who.</param>
    /// <param name="engine">Knows the taxes.</param>
    public static IEnumerable<OpenInvoice> Of(
        CustomerState customer, IReadOnlyList<PeriodStatement> open, Instant now, LegalEntitySpec? issuer, TaxEngine engine)
    {
        var number = 0;
        var numbered = new List<(PeriodStatement Statement, int First)>();
        foreach (var statement in open)
        {
            numbered.Add((statement, number + 1));
            number += statement.Lines.Length;
        }
        var ending = numbered.ToLookup(n => n.Statement.PeriodEnd);
        var book = customer.Agreements?.Book.Fork();
        foreach (var end in ending.Select(e => e.Key).Concat(book?.Begun(now) ?? []).Distinct().Order().ToArray())
        {
            // In the order of the invoice, so that its lines are paid in the same order.
            var sorted = ending[end].OrderBy(s => s.Statement.Subscription, StringComparer.Ordinal).ThenBy(s => s.Statement.Period).ToArray();
            InvoiceLine[] own = [.. sorted.SelectMany(s => s.Statement.Lines)];
            InvoiceLine[] agreed = [];
            if (book is not null)
            {
                var charges = customer.Charges(own).ToArray();
                var settled = book.Lines(charges, end, begunBy: now);
                book.Take(charges, settled, end);
                agreed = [.. settled.Select(s => s.Line)];
            }
            int[] numbers = [.. sorted.SelectMany(s => s.Statement.Lines.Select((_, i) => s.First + i)), .. agreed.Select((_, i) => number + i + 1)];
            number += agreed.Length;
            BillLine[] lines = [.. CustomerState.BillLines(sorted.Select(s => s.Statement)), .. CustomerState.BillLines(agreed)];
            InvoiceLine[] all = [.. own, .. agreed];
            var taxes = InvoiceTaxes.Of(engine, customer, issuer, all, now);
            yield return new(
                end, taxes?.Statement?.Gross ?? customer.Sum(all), InvoiceTaxes.WithTax(lines, taxes?.Statement), numbers, agreed, taxes);
        }
    }

    /// <summary>Draws as the invoice will; with the numbers that its lines have on the running bill.</summary>
    public IEnumerable<WalletDraw> Draw(CustomerState customer, Purse purse) => purse
        .Draw(Due, PeriodEnd, PeriodEnd + customer.Tenant.Grace, Lines)
        .Select(d => d with { Lines = d.Lines is null ? null : [.. d.Lines.Select(l => l with { Line = Numbers[l.Line - 1] })] });
}
