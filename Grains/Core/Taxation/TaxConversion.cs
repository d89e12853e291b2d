using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Core.Taxation;

/// <summary>The tax of a jurisdiction in the currency that its law wants it shown in.</summary>
/// <param name="Jurisdiction">Whose tax.</param>
/// <param name="Tax">As on the document, in its currency.</param>
/// <param name="Converted">The same in the tax currency, rounded once.</param>
/// <param name="TaxPoint">The day whose rate counts.</param>
/// <param name="Rate">With what it was converted.</param>
/// <remarks>Rule: ADR 0042.</remarks>
public sealed record TaxConversion(string Jurisdiction, Money Tax, Money Converted, LocalDate TaxPoint, ExchangeRate Rate)
{
    /// <summary>Converts the tax of a jurisdiction on an invoice.</summary>
    public static TaxConversion Of(TaxStatement statement, TaxCurrencyRule rule, LocalDate taxPoint, ExchangeRate rate)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(rate);
        var tax = TaxOf(statement, rule.Jurisdiction);
        return new(rule.Jurisdiction, tax, rate.Convert(tax), taxPoint, rate);
    }

    /// <summary>What a credit note takes back of it, at the same rate. All credit notes of an invoice together take back exactly what was
    /// converted there, whatever each rounds to.</summary>
    /// <param name="credited">Tax that the credit note takes back, as a statement.</param>
    /// <param name="before">Tax of this jurisdiction that earlier credit notes took back, in the document's currency.</param>
    public TaxConversion Credit(TaxStatement credited, Money before)
    {
        var tax = TaxOf(credited, Jurisdiction);
        return this with { Tax = tax, Converted = Rate.Convert(before + tax) - Rate.Convert(before) };
    }

    /// <summary>The sum of a jurisdiction's taxes.</summary>
    public static Money TaxOf(TaxStatement statement, string jurisdiction)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Breakdown.Where(b => b.Key.Jurisdiction == jurisdiction)
            .Aggregate(Money.Zero(statement.Tax.Currency), (sum, b) => sum + b.Amount);
    }
}
