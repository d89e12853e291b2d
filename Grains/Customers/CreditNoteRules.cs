using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a credit note may take back, and what it says.</summary>
internal static class CreditNoteRules
{
    /// <returns>The credit note, or everything that is wrong.</returns>
    public static (CreditNotePrepared? Note, CommandError[] Errors) Read(
        CustomerState customer, IssuedInvoice invoice, CreditNoteSpec spec, Instant now)
    {
        var view = invoice.Read();
        var errors = new List<CommandError>();
        var lines = new List<CreditNoteLine>();
        var asked = spec.Lines ?? [.. view.Lines.Where(l => Left(invoice, l.Number, l.Amount).MinorUnits != 0).Select(l => new CreditNoteLineSpec(l.Number, null))];
        var seen = new HashSet<int>();
        foreach (var (i, line) in asked.Index())
        {
            var pointer = $"/lines/{i}";
            if (line.Line < 1 || line.Line > view.Lines.Length)
            {
                errors.Add(new("credit_note.line", $"The invoice has lines 1 to {view.Lines.Length}.", $"{pointer}/line"));
            }
            else if (!seen.Add(line.Line))
            {
                errors.Add(new("credit_note.line_twice", $"Line {line.Line} is given twice.", $"{pointer}/line"));
            }
            else if (AmountOf(line, Left(invoice, line.Line, view.Lines[line.Line - 1].Amount)) is { } amount)
            {
                lines.Add(new(line.Line, view.Lines[line.Line - 1].Description, amount));
            }
            else
            {
                errors.Add(new(
                    "credit_note.amount",
                    $"At most {Left(invoice, line.Line, view.Lines[line.Line - 1].Amount)} {view.Currency} of line {line.Line} can be taken back, in whole minor units.",
                    $"{pointer}/amount"));
            }
        }
        if (errors.Count == 0 && lines.Count == 0)
        {
            errors.Add(new("credit_note.nothing_left", "Nothing is left of the invoice that could be taken back.", "/lines"));
        }
        if (errors.Count > 0)
        {
            return (null, [.. errors]);
        }
        var note = Note(invoice, view, spec, [.. lines], now);
        return note is null
            ? (null, [new("credit_note.below_zero", "The lines together are below zero: a credit note takes back, it does not charge.", "/lines")])
            : (new(customer.Tenant.Id, customer.Spec.Id, spec.Id, invoice.Key, new(JsonSerializer.SerializeToUtf8Bytes(note, BillingJson.Options)), spec), []);
    }

    /// <summary>What earlier credit notes have left of a line.</summary>
    private static Money Left(IssuedInvoice invoice, int line, Money amount) => invoice.CreditNotes
        .SelectMany(n => n.Lines).Where(l => l.InvoiceLine == line).Aggregate(amount, (left, l) => left - l.Amount);

    /// <returns>Null where it does not fit.</returns>
    private static Money? AmountOf(CreditNoteLineSpec line, Money left)
    {
        if (line.Amount is not { } given)
        {
            return left.MinorUnits == 0 ? null : left;
        }
        if (given == 0m || Math.Sign(given) != Math.Sign(left.MinorUnits) || Math.Abs(given) > Math.Abs(left.ToDecimal()))
        {
            return null;
        }
        var amount = Money.FromExact(given, left.Currency, LineRounding.HalfAwayFromZero);
        return amount.ToDecimal() == given ? amount : null;
    }

    private static CreditNoteView? Note(IssuedInvoice invoice, InvoiceView view, CreditNoteSpec spec, CreditNoteLine[] lines, Instant now)
    {
        var tax = view.Tax is null ? null : CreditedTax.Of(view.Tax, [.. lines.Select(l => Credited(invoice, view, l))]);
        var gross = tax?.Gross ?? lines.Aggregate(Money.Zero(invoice.Gross.Currency), (sum, l) => sum + l.Amount);
        if (gross.MinorUnits < 0)
        {
            return null;
        }
        var applied = gross.MinorUnits < invoice.Open.Left.MinorUnits ? gross : invoice.Open.Left;
        var date = view.Seller is { TimeZone: var zone } ? LocalDatePattern.Iso.Format(now.InZone(DateTimeZoneProviders.Tzdb[zone]).Date) : null;
        return new(
            "", invoice.Number!, view.IssueDate, view.Customer, view.Currency, now, spec.Reason, lines,
            lines.Sum(l => l.Amount.ToDecimal()), applied, gross - applied, view.Seller, date, Tax: tax,
            TaxConversions: InvoiceConversions.Credit(view.TaxConversions, tax, invoice.CreditNotes));
    }

    private static CreditedLine Credited(IssuedInvoice invoice, InvoiceView view, CreditNoteLine line)
    {
        var whole = view.Lines[line.InvoiceLine - 1].Amount;
        return new(InvoiceTaxes.IdOf(line.InvoiceLine), whole, whole - Left(invoice, line.InvoiceLine, whole), line.Amount);
    }
}
