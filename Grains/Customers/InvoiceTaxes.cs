using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Customers;

/// <summary>Taxes of a customer's invoices.</summary>
internal static class InvoiceTaxes
{
    /// <summary>Null where the issuer charges none, or there are no lines.</summary>
    /// <param name="lines">Their ids are their places, from 1.</param>
    public static TaxOutcome? Of(TaxEngine engine, CustomerState customer, LegalEntitySpec? issuer, IReadOnlyList<InvoiceLine> lines, Instant issuedAt)
    {
        if (issuer is not { Tax: { } tax } || lines.Count == 0)
        {
            return null;
        }
        var home = DateTimeZoneProviders.Tzdb[issuer.TimeZone];
        return engine.Calculate(new(
            issuedAt.InZone(home).Date,
            new(PlaceOf(issuer.Country, issuer.Region, issuer.PostalCode), tax.Registrations, tax.UsesEuThreshold),
            Buyer(customer.Spec),
            [.. lines.Select((line, i) => new TaxableLine(
                IdOf(i + 1), line.Amount, line.TaxClass ?? tax.ProductClass, Supply(line, customer.ZoneOf(line.Subscription) ?? home)))],
            new(tax.PricesIncludeTax, tax.Rounding, MaxDataAgeDays: tax.MaxDataAgeDays)));
    }

    /// <summary>Lines as wallets pay them: with their taxes.</summary>
    public static BillLine[] WithTax(BillLine[] lines, TaxStatement? tax) =>
        tax is null ? lines : [.. lines.Select((line, i) => line with { Amount = tax.Lines[i].Gross })];

    /// <summary>The id of a line in a request.</summary>
    public static string IdOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static TaxBuyer Buyer(CustomerSpec customer)
    {
        var tax = customer.Tax ?? CustomerTax.Unknown;
        return new(
            customer.Country is null ? null : PlaceOf(customer.Country, customer.Region, customer.PostalCode), tax.Kind, tax.TaxNumber,
            tax.TaxNumberCheck, tax.Exemptions);
    }

    private static TaxPlace PlaceOf(string country, string? region, string? postalCode) =>
        new(country, region is null ? null : $"{country}-{region}", postalCode);

    /// <summary>Local days of the subscription; a line that is for an instant is for its day.</summary>
    private static SupplyPeriod Supply(InvoiceLine line, DateTimeZone zone)
    {
        var first = line.PeriodStart.InZone(zone).Date;
        return line.PeriodEnd > line.PeriodStart
            ? new(first, line.PeriodEnd.Minus(Duration.Epsilon).InZone(zone).Date)
            : SupplyPeriod.On(first);
    }
}
