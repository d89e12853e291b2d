using NodaTime;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Core.Accounting;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Gateway.Api;

/// <summary>A balanced entry of some customer's journal; it never changes.</summary>
/// <param name="Customer">Whose journal.</param>
/// <param name="Number">1 for the customer's first, without gaps.</param>
/// <param name="Kind">As in the customer's journal.</param>
/// <param name="At">When it takes effect.</param>
/// <param name="RecordedAt">When it was posted.</param>
/// <param name="Reference">Number of the invoice or credit note, or id of the payment, refund or grant.</param>
/// <param name="LegalEntity">Who issued the invoice or credit note.</param>
/// <param name="PeriodEnd">End of the billing period of the invoice.</param>
/// <param name="Postings">Credits are positive, debits negative; they add up to zero.</param>
internal sealed record AccountingEntryAnswer(
    string Customer, int Number, string Kind, Instant At, Instant RecordedAt, string Reference, string Currency, string? LegalEntity,
    Instant? PeriodEnd, IReadOnlyList<Posting> Postings)
{
    public static AccountingEntryAnswer Of(AccountingEntry entry) => new(
        entry.Customer, entry.Entry.Number, entry.Entry.Kind, entry.Entry.At, entry.Entry.RecordedAt, entry.Entry.Reference, entry.Currency,
        entry.LegalEntity, entry.PeriodEnd, entry.Entry.Postings);
}

/// <summary>Sums of all postings of the tenant by account and currency.</summary>
/// <param name="IsFinal">Whether the time has passed by the tenant's clock: then the answer does not change any more.</param>
/// <param name="Accounts">By currency and account. Opening and closing balances of a currency add up to zero.</param>
internal sealed record TrialBalanceAnswer(Instant From, Instant To, bool IsFinal, IReadOnlyList<AccountAnswer> Accounts);

/// <summary>An account in one currency; amounts in major units.</summary>
/// <param name="Account">As in postings; 'wallets' stands for those of all wallets.</param>
/// <param name="Opening">Above zero for a credit balance.</param>
/// <param name="Debits">Not below zero.</param>
/// <param name="Credits">Not below zero.</param>
/// <param name="Closing">Opening, and credits less debits.</param>
internal sealed record AccountAnswer(string Account, string Currency, string Opening, string Debits, string Credits, string Closing)
{
    public static AccountAnswer Of(TrialBalanceLine line) => new(
        line.Account, line.Currency, Amount.Format(line.Opening, line.Currency), Amount.Format(line.Debits, line.Currency),
        Amount.Format(line.Credits, line.Currency), Amount.Format(line.Closing, line.Currency));
}
