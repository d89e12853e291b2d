using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>How far an invoice is paid.</summary>
internal static class InvoiceSettlements
{
    public static InvoiceSettlement Of(IssuedInvoice invoice, InvoiceView view, Instant now)
    {
        var open = invoice.Open;
        var state = open switch
        {
            { Left.MinorUnits: 0, WrittenOff.MinorUnits: > 0 } => SettlementState.Uncollectible,
            { Left.MinorUnits: 0 } => SettlementState.Paid,
            _ when IsOverdue(view, now) => SettlementState.Overdue,
            _ when open.Left != open.Due => SettlementState.PartiallyPaid,
            _ => SettlementState.Unpaid,
        };
        return new(state, open.Paid, open.Credited, open.WrittenOff, open.Left, [.. invoice.CreditNotes.Select(n => n.Number).OfType<string>()]);
    }

    /// <summary>From the first instant of the day after the due date, where the seller is.</summary>
    private static bool IsOverdue(InvoiceView view, Instant now) => view is { DueDate: { } due, Seller.TimeZone: { } zone }
        && now >= LocalDatePattern.Iso.Parse(due).Value.PlusDays(1).AtStartOfDayInZone(DateTimeZoneProviders.Tzdb[zone]).ToInstant();
}
