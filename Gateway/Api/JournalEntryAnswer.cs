using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Gateway.Api;

/// <summary>A balanced entry of a customer's journal; it never changes.</summary>
/// <param name="Number">1 for the first, without gaps.</param>
/// <param name="Kind"><c>invoice</c>, <c>creditNote</c>, <c>payment</c>, <c>paymentReversal</c>, <c>refund</c>, <c>writeOff</c>, <c>grant</c>,
/// <c>void</c> or <c>expiry</c>.</param>
/// <param name="At">When it takes effect.</param>
/// <param name="RecordedAt">When it was posted.</param>
/// <param name="Reference">Number of the invoice or credit note, or id of the payment, refund or grant.</param>
/// <param name="Postings">Credits are positive, debits negative; they add up to zero.</param>
internal sealed record JournalEntryAnswer(
    int Number, string Kind, Instant At, Instant RecordedAt, string Reference, string? Currency, IReadOnlyList<Posting> Postings)
{
    public static JournalEntryAnswer Of(JournalEntry entry) => new(
        entry.Number, entry.Kind, entry.At, entry.RecordedAt, entry.Reference,
        entry.Postings.Count > 0 ? entry.Postings[0].Amount.Currency.Code : null, entry.Postings);
}
