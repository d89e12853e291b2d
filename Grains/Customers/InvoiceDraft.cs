using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.ExchangeRates;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>An invoice as it would be issued now, and why it is not.</summary>
/// <param name="Invoice">Without a number.</param>
/// <param name="BilledPeriods">For each line, the subscription's period whose close put it there.</param>
/// <param name="Sources">For each line, what it charges for; only where a wallet asks for it.</param>
/// <param name="Holds">Empty when nothing is in the way.</param>
internal sealed record InvoiceDraft(string Key, InvoiceView Invoice, int[] BilledPeriods, LineSource?[]? Sources, InvoiceHold[] Holds)
{
    // Periods end at whole seconds.
    private static readonly InstantPattern IdPattern = InstantPattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss'Z'");

    /// <param name="periodEnd">One of those that <see cref="CustomerState.Due"/> says.</param>
    /// <param name="statements">That end then.</param>
    /// <param name="issuer">Null where the tenant has not said who issues invoices.</param>
    /// <param name="rates">While it is incomplete, so is the draft.</param>
    public static InvoiceDraft Of(
        CustomerState state, Instant periodEnd, IEnumerable<PeriodStatement> statements, LegalEntitySpec? issuer, Partition home,
        KnownRates rates)
    {
        PeriodStatement[] sorted = [.. statements.OrderBy(s => s.Subscription, StringComparer.Ordinal).ThenBy(s => s.Period)];
        var charges = sorted.SelectMany(s => s.Lines.Select(line => (Line: line, s.Period)));
        var agreed = state.Agreements?.Book.Lines(state.Charges(charges.Select(c => c.Line)), periodEnd) ?? [];
        (InvoiceLine Line, int Period)[] billed = [.. charges, .. agreed];
        InvoiceLine[] lines = [.. billed.Select((b, i) => b.Line with { Number = i + 1 })];
        // On a test clock an invoice carries the instant at which it fell due, however far the clock was moved at once.
        var tenant = state.Tenant;
        var issuedAt = tenant.TestNow is null ? tenant.Now(home.Time) : periodEnd + tenant.Grace;
        var total = state.Sum(lines);
        var taxes = InvoiceTaxes.Of(home.Taxes, state, issuer, lines, issuedAt);
        var (conversions, missing) = InvoiceConversions.Of(taxes?.Statement, issuer, issuedAt, rates);
        var gross = taxes?.Statement?.Gross ?? total;
        var credit = state.Carried().Use(gross);
        BillLine[] billLines = [.. CustomerState.BillLines(sorted), .. CustomerState.BillLines(agreed.Select(a => a.Line))];
        var invoice = new InvoiceView(
            "", state.View, state.Spec.Currency, periodEnd, issuedAt, total.ToDecimal(), lines,
            state.Draw(gross - credit, periodEnd, InvoiceTaxes.WithTax(billLines, taxes?.Statement)),
            credit.MinorUnits == 0 ? null : credit.ToDecimal(), Tax: taxes?.Statement, TaxConversions: conversions);
        var key = state.InvoiceKey(periodEnd);
        var draft = new InvoiceDraft(
            key, issuer is null ? invoice : Dated(invoice, issuer), Array.ConvertAll(billed, b => b.Period),
            state.Wallets?.Ledger.NeedsSources == true ? Array.ConvertAll(billLines, l => l.Source) : null, []);
        return draft with { Holds = [.. InvoiceHolds.Of(state, draft, issuer, taxes, missing)] };
    }

    /// <summary>Every one of a customer, oldest first.</summary>
    public static IEnumerable<DraftView> AllOf(CustomerState state, LegalEntitySpec? issuer, Partition home, KnownRates rates) => state.Due()
        .Select(due => Of(state, due.PeriodEnd, due.Statements, issuer, home, rates).ToView(IdOf(state, due.PeriodEnd)));

    /// <summary>Names a draft among those of its customer.</summary>
    public static string IdOf(CustomerState state, Instant periodEnd) =>
        string.Create(CultureInfo.InvariantCulture, $"{IdPattern.Format(periodEnd)}-{state.IssuedAt(periodEnd)}");

    public DraftView ToView(string id) => new(id, Invoice, Holds);

    /// <summary>The key of the invoice that a draft becomes; null for what is no id of a draft.</summary>
    public static string? KeyOf(CustomerState state, string id)
    {
        var dash = id.LastIndexOf('-');
        return dash > 0 && IdPattern.Parse(id[..dash]) is { Success: true, Value: var periodEnd }
            && int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var nth)
                ? state.InvoiceKey(periodEnd, nth)
                : null;
    }

    /// <summary>The draft's id, of the key of the invoice that it becomes.</summary>
    public static string IdOf(CustomerState state, string key)
    {
        var parts = key[(state.Spec.Id.Length + 1)..].Split('|');
        return $"{IdPattern.Format(Instant.FromUnixTimeTicks(long.Parse(parts[0], CultureInfo.InvariantCulture)))}-{parts[1]}";
    }

    /// <summary>From then on it never changes.</summary>
    public InvoicePrepared ToFact(CustomerState state) => new(
        state.Tenant.Id, state.Spec.Id, Key, new(JsonSerializer.SerializeToUtf8Bytes(Invoice, BillingJson.Options)), BilledPeriods, Sources);

    private static InvoiceView Dated(InvoiceView invoice, LegalEntitySpec issuer)
    {
        var date = invoice.IssuedAt.InZone(DateTimeZoneProviders.Tzdb[issuer.TimeZone]).Date;
        return invoice with
        {
            Seller = InvoiceSeller.Of(issuer),
            IssueDate = LocalDatePattern.Iso.Format(date),
            DueDate = LocalDatePattern.Iso.Format(date.PlusDays(issuer.PaymentDays)),
        };
    }
}
