using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Customers;

/// <summary>Why an invoice waits for somebody instead of going out.</summary>
internal static class InvoiceHolds
{
    /// <summary>Every invoice of the legal entity waits for approval.</summary>
    public const string Review = "review.required";

    /// <summary>It is far above what the customer usually gets.</summary>
    public const string Unusual = "review.unusual_amount";

    /// <summary>Invoices that say what is usual, the newest ones; fewer than <see cref="Fewest"/> say nothing.</summary>
    private const int Newest = 6;
    private const int Fewest = 2;

    /// <param name="taxes">Null where none are charged.</param>
    /// <param name="conversions">Where the tax cannot be told in a currency in which it has to be.</param>
    public static IEnumerable<InvoiceHold> Of(
        CustomerState state, InvoiceDraft draft, LegalEntitySpec? issuer, TaxOutcome? taxes, InvoiceHold[] conversions)
    {
        // No approval helps where nobody knows the tax.
        foreach (var hold in taxes?.Holds ?? [])
        {
            yield return new(hold.Code, hold.LineId is null ? hold.Reason : $"Line {hold.LineId}: {hold.Reason}");
        }
        foreach (var hold in conversions)
        {
            yield return hold;
        }
        if (issuer is null || state.IsApproved(draft.Key))
        {
            yield break;
        }
        if (issuer.Review)
        {
            yield return new(Review, $"'{issuer.Id}' lets every invoice wait for approval.");
        }
        if (issuer.ReviewAbove is { } factor && Usual(state) is { } usual && draft.Invoice.GrossTotal() > factor * usual.ToDecimal())
        {
            yield return new(
                Unusual, $"It is more than {DecimalText.Format(factor)} times the usual {usual} {usual.Currency}; approve it if that is right.");
        }
    }

    /// <summary>The median of the newest invoices above zero, the lower one of two; null where they are too few.</summary>
    private static Money? Usual(CustomerState state)
    {
        Money[] totals = [.. state.Invoices.Reverse().Select(i => i.Gross).Where(g => g.MinorUnits > 0).Take(Newest).OrderBy(g => g.MinorUnits)];
        return totals.Length < Fewest ? null : totals[(totals.Length - 1) / 2];
    }
}
