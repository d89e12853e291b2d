using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Short ways to say who sells what to whom.</summary>
internal static class GivenTax
{
    internal static readonly TaxEngine Engine = new(TaxData.BuiltIn);

    internal static LocalDate Day(int year, int month, int day) => new(year, month, day);

    /// <summary>A seller with ordinary registrations, and others as <c>DE:OssUnion</c>, since 2019.</summary>
    internal static TaxSeller Seller(string country, params string[] registrations) => new(
        Place(country),
        [.. registrations.Select(text =>
        {
            var parts = text.Split(':');
            var kind = parts.Length > 1 ? Enum.Parse<TaxRegistrationKind>(parts[1]) : TaxRegistrationKind.Ordinary;
            return new TaxRegistration(parts[0], kind, null, Day(2019, 1, 1));
        })]);

    internal static TaxBuyer Consumer(string place, string? postalCode = null) =>
        new(Place(place) with { PostalCode = postalCode }, BuyerKind.Consumer);

    internal static TaxBuyer Business(string place, string? number = null) =>
        new(Place(place), BuyerKind.Business, number, number is null ? TaxNumberCheck.NotAsked : TaxNumberCheck.Confirmed);

    /// <summary><c>DE</c> or <c>CA-QC</c>.</summary>
    internal static TaxPlace Place(string code) => new(code[..2], code.Length > 2 ? code : null);

    internal static TaxableLine Line(string amount, string currency, string productClass, SupplyPeriod supply, string id = "1")
    {
        Assert.True(DecimalText.TryParse(amount, out var value));
        return new(id, Money.FromExact(value, Currency.FromCode(currency), LineRounding.HalfAwayFromZero), productClass, supply);
    }

    internal static TaxRequest Request(
        TaxSeller seller, TaxBuyer buyer, LocalDate invoice, TaxSettings? settings, params IReadOnlyList<TaxableLine> lines) =>
        new(invoice, seller, buyer, lines, settings ?? new());

    /// <summary>Telecommunications of 100.00 for a month that is invoiced on its last day.</summary>
    internal static TaxOutcome Month(
        TaxSeller seller, TaxBuyer buyer, string currency, int year, int month, string productClass = TaxClasses.Telecommunications)
    {
        var first = Day(year, month, 1);
        var last = first.PlusMonths(1).PlusDays(-1);
        return Engine.Calculate(Request(seller, buyer, last, null, Line("100", currency, productClass, new(first, last))));
    }

    /// <summary>The subtotals as <c>DE VAT S 19: 100.00 + 19.00</c>.</summary>
    internal static string[] Told(this TaxOutcome outcome)
    {
        Assert.True(outcome.Statement is not null, string.Join("; ", outcome.Holds));
        return [.. outcome.Statement.Breakdown.Select(s =>
            $"{s.Key.Jurisdiction} {s.Key.Tax} {s.Key.Category.Code()} {DecimalText.Format(s.Key.Rate)}: {s.Taxable} + {s.Amount}")];
    }

    internal static string Rule(this TaxOutcome outcome) => Assert.Single(outcome.Statement!.Breakdown).Key.Rule;

    internal static string Hold(this TaxOutcome outcome)
    {
        Assert.Null(outcome.Statement);
        return Assert.Single(outcome.Holds).Code;
    }

    internal static string[] Notes(this TaxOutcome outcome) => [.. outcome.Statement!.Notes.Select(n => n.Key)];
}
