using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Core.Balances;
using OrleansBilling.Documents.Csv;

namespace OrleansBilling.Gateway.Accounting;

/// <summary>One posting of an accounting export.</summary>
/// <param name="Entry">Customer and number of the entry, with <c>/</c> between: the postings of an entry have the same.</param>
/// <param name="RecordedAt">When it was posted; lies in the time of the export.</param>
/// <param name="EffectiveAt">When it takes effect, perhaps earlier: when a payment was received, a grant expired.</param>
/// <param name="Kind">What the entry stands for.</param>
/// <param name="LegalEntity">Who issued the document; left out for other entries.</param>
/// <param name="Document">Number of the invoice or credit note, or id of the payment, refund or grant.</param>
/// <param name="Account">Of the posting.</param>
/// <param name="Grant">In an account of a wallet, the grant concerned.</param>
/// <param name="Debit">In major units; left out for a credit.</param>
/// <param name="Credit">In major units; left out for a debit.</param>
/// <param name="PeriodEnd">End of the billing period of the document; left out for other entries.</param>
internal sealed record AccountingRow(
    string Entry, Instant RecordedAt, Instant EffectiveAt, string Kind, string Customer, string? LegalEntity, string Document, string Account,
    string? Grant, string? Debit, string? Credit, string Currency, Instant? PeriodEnd)
{
    /// <summary>The first line of CSV.</summary>
    public const string Header =
        "entry,recorded_at,effective_at,kind,customer,legal_entity,document,account,grant,debit,credit,currency,period_end\r\n";

    /// <summary>One for each posting of an entry, in its order.</summary>
    public static IEnumerable<AccountingRow> Of(AccountingEntry entry) => entry.Entry.Postings.Select(posting => Of(entry, posting));

    /// <summary>As a line of CSV, with its end.</summary>
    public string ToCsv() => string.Join(',', (string[])
    [
        Field(Entry), Time(RecordedAt), Time(EffectiveAt), Field(Kind), Field(Customer), Field(LegalEntity), Field(Document), Field(Account),
        Field(Grant), Debit ?? "", Credit ?? "", Currency, PeriodEnd is { } end ? Time(end) : "",
    ]) + "\r\n";

    private static AccountingRow Of(AccountingEntry entry, Posting posting)
    {
        var (journal, isDebit) = (entry.Entry, posting.Amount.MinorUnits < 0);
        return new(
            FormattableString.Invariant($"{entry.Customer}/{journal.Number}"), journal.RecordedAt, journal.At, journal.Kind, entry.Customer,
            entry.LegalEntity, journal.Reference, posting.Account, posting.Grant, isDebit ? (-posting.Amount).ToString() : null,
            isDebit ? null : posting.Amount.ToString(), entry.Currency, entry.PeriodEnd);
    }

    private static string Time(Instant time) => InstantPattern.ExtendedIso.Format(time);

    private static string Field(string? text) => text is null ? "" : CsvText.Field(text);
}
