using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>What a legal entity may be.</summary>
internal static class LegalEntityRules
{
    /// <summary>Series of documents that no legal entity issues.</summary>
    public const string InvoicePrefix = "INV-";

    /// <inheritdoc cref="InvoicePrefix"/>
    public const string CreditNotePrefix = "CN-";

    private const int MaxPrefix = 20;

    /// <summary>Everything that is wrong with it, beside the others of its tenant.</summary>
    public static CommandError[] Faults(LegalEntitySpec spec, InvoiceSeries series)
    {
        var others = series.LegalEntities.Where(e => e.Id != spec.Id).ToArray();
        var known = series.Find(spec.Id);
        var faults = new List<CommandError>();
        if (known is null && others.Length >= IInvoiceSeriesGrain.MaxLegalEntities)
        {
            faults.Add(new("legal_entity.too_many", $"A tenant has at most {IInvoiceSeriesGrain.MaxLegalEntities} legal entities."));
        }
        if (!IsCountry(spec.Country))
        {
            faults.Add(new("legal_entity.country", "The country must be an ISO 3166-1 code of two capital letters, such as DE.", "/country"));
        }
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(spec.TimeZone) is null)
        {
            faults.Add(new("legal_entity.time_zone", "The time zone must be an IANA id such as Europe/Berlin.", "/timeZone"));
        }
        if (spec.PaymentDays is < 0 or > 365)
        {
            faults.Add(new("legal_entity.payment_days", "Give 0 to 365 days.", "/paymentDays"));
        }
        if (spec.ReviewAbove is <= 1m or > 1_000_000m)
        {
            faults.Add(new("legal_entity.review_above", "Give a factor above 1, at most 1000000.", "/reviewAbove"));
        }
        if (spec.IsDefault && Array.Find(others, e => e.IsDefault) is { } standing)
        {
            faults.Add(new(
                "legal_entity.default_exists", $"'{standing.Id}' is the default; change that one first.", "/default"));
        }
        string[] taken = [InvoicePrefix, CreditNotePrefix, .. others.SelectMany(e => new[] { e.InvoicePrefix, e.CreditNotePrefix })];
        CheckPrefix(spec.InvoicePrefix, known?.InvoicePrefix, taken, "/invoicePrefix", faults);
        CheckPrefix(spec.CreditNotePrefix, known?.CreditNotePrefix, [.. taken, spec.InvoicePrefix], "/creditNotePrefix", faults);
        return [.. faults];
    }

    /// <summary>Records compare arrays by reference; address lines are compared by content.</summary>
    public static bool Same(LegalEntitySpec a, LegalEntitySpec b) =>
        a with { Address = b.Address, Tax = b.Tax } == b && a.Address.SequenceEqual(b.Address) && LegalEntityTax.Same(a.Tax, b.Tax);

    /// <summary>Two capital letters; whether the country exists is the tax rules' affair.</summary>
    public static bool IsCountry(string code) => code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'];

    private static void CheckPrefix(string prefix, string? known, string[] taken, string pointer, List<CommandError> faults)
    {
        if (known is not null && known != prefix)
        {
            faults.Add(new("legal_entity.prefix_fixed", $"Its series is '{known}' for good: add another legal entity instead.", pointer));
        }
        else if (prefix.Length is < 2 or > MaxPrefix || prefix[^1] != '-' || !prefix.All(c => c is '-' or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
        {
            faults.Add(new(
                "legal_entity.prefix", $"Give 2 to {MaxPrefix} of A–Z, 0–9 and '-', with '-' at the end, such as INV-DE-.", pointer));
        }
        else if (taken.Contains(prefix))
        {
            faults.Add(new("legal_entity.prefix_taken", $"Another series has the prefix '{prefix}'.", pointer));
        }
    }
}
