using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.ExchangeRates;

namespace OrleansBilling.Grains.Customers;

/// <summary>Taxes of an invoice in the currencies that laws want them shown in; see docs/adr/0042.</summary>
internal static class InvoiceConversions
{
    /// <returns>Null for nothing to convert; and the holds where a rate is not known.</returns>
    public static (TaxConversion[]? Conversions, InvoiceHold[] Holds) Of(
        TaxStatement? statement, LegalEntitySpec? issuer, Instant issuedAt, KnownRates rates)
    {
        if (statement is not { TaxCurrencies: { Count: > 0 } rules } || issuer is null)
        {
            return (null, []);
        }
        var source = issuer.Tax?.ExchangeRateSource ?? RateSources.Ecb;
        var issueDate = issuedAt.InZone(DateTimeZoneProviders.Tzdb[issuer.TimeZone]).Date;
        var conversions = new List<TaxConversion>();
        var holds = new List<InvoiceHold>();
        foreach (var rule in rules)
        {
            var need = new RateNeed(source, statement.Tax.Currency.Code, rule.Currency.Code, rule.TaxPoint ?? issueDate);
            if (rates.Find(need) is { } rate)
            {
                conversions.Add(TaxConversion.Of(statement, rule, need.Day, rate));
            }
            else
            {
                holds.Add(new(TaxHoldCodes.NoExchangeRate,
                    $"{rule.Jurisdiction} wants its tax in {need.To}: import the rates of '{source}' for {need.Day:uuuu-MM-dd}, from {need.From} to {need.To}."));
            }
        }
        return (conversions.Count == 0 ? null : [.. conversions], [.. holds]);
    }

    /// <summary>What a credit note takes back of them.</summary>
    /// <param name="invoice">The conversions of the invoice; null for none.</param>
    /// <param name="credited">Taxes that the credit note takes back.</param>
    /// <param name="earlier">Credit notes of the invoice before this one.</param>
    public static TaxConversion[]? Credit(TaxConversion[]? invoice, TaxStatement? credited, IEnumerable<IssuedCreditNote> earlier)
    {
        if (invoice is null || credited is null)
        {
            return null;
        }
        var before = earlier.Select(n => n.Read().Tax).OfType<TaxStatement>().ToArray();
        return Array.ConvertAll(invoice, c => c.Credit(credited, before.Aggregate(
            Money.Zero(credited.Tax.Currency), (sum, note) => sum + TaxConversion.TaxOf(note, c.Jurisdiction))));
    }
}
