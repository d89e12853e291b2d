using CsCheck;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Documents.Tests;

/// <summary>Documents of all kinds that keep the rules: categories, rates, allowances, charges, prices or none, both kinds.</summary>
internal static class RandomDocuments
{
    private static readonly TaxClass[][] Mixes =
    [
        [new(TaxCategory.Standard, 19m), new(TaxCategory.Standard, 7m)],
        [new(TaxCategory.Standard, 25.5m), new(TaxCategory.Exempt), new(TaxCategory.ZeroRated)],
        [new(TaxCategory.ReverseCharge)],
        [new(TaxCategory.IntraCommunity), new(TaxCategory.Standard, 21m)],
        [new(TaxCategory.Export), new(TaxCategory.Standard, 8.1m)],
        [new(TaxCategory.OutsideScope)],
        [new(TaxCategory.CanaryIslands, 7m), new(TaxCategory.CanaryIslands)],
        [new(TaxCategory.CeutaAndMelilla, 4m)],
    ];

    private static readonly string[] Currencies = ["EUR", "SEK", "JPY", "PLN", "GBP"];

    private static readonly decimal[] Powers = [1m, 10m, 100m, 1_000m, 10_000m, 100_000m, 1_000_000m];

    private static readonly Gen<decimal> Quantity = Gen.Select(Gen.Long[-2_000_000, 9_000_000_000], Gen.Int[0, 6])
        .Select((units, digits) => new decimal(Math.Abs(units) % 1_000_000_000) / Powers[digits] * (units < 0 ? -1 : 1));

    private static readonly Gen<(decimal Quantity, decimal Price, int Tax, bool HasPrice, decimal Allowance, bool IsGrouped)> Line =
        Gen.Select(Quantity, Gen.Long[0, 5_000_000_000], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 20], Gen.Bool)
            .Select((quantity, price, tax, hasPrice, allowance, isGrouped) =>
                (quantity, price / 1_000_000_000m, tax, hasPrice, (decimal)allowance, isGrouped));

    private static readonly Gen<(int Amount, int Tax, bool IsCharge)> Item = Gen.Select(Gen.Int[0, 50_000], Gen.Int[0, 2], Gen.Bool);

    public static Gen<BillingDocument> Any { get; } = Gen.Select(
        Gen.Int[0, Mixes.Length - 1], Line.Array[1, 12], Item.Array[0, 3], Gen.Int[0, 4].Select(i => Currencies[i]),
        Gen.Bool, Gen.Int[0, 3_000], Gen.Int[-4, 4], Gen.Int[0, 11].Select(i => Samples.Languages[i]))
        .Select((mix, lines, items, currency, isCredit, prepaid, rounding, language) =>
            Make(Mixes[mix], lines, items, Currency.Parse(currency), isCredit, prepaid, rounding, language));

    private static BillingDocument Make(
        TaxClass[] taxes, (decimal Quantity, decimal Price, int Tax, bool HasPrice, decimal Allowance, bool IsGrouped)[] lines,
        (int Amount, int Tax, bool IsCharge)[] items, Currency currency, bool isCredit, int prepaid, int rounding, string language)
    {
        var isOutside = taxes[0].Category == TaxCategory.OutsideScope;
        var unit = currency.MinorUnitDigits == 0 ? 1m : 0.01m;
        List<DocumentLine> all = [.. lines.Select((line, i) => MakeLine(line, i, taxes[line.Tax % taxes.Length], currency, unit))];
        List<AllowanceOrCharge> adjustments =
        [
            .. items.Select(item => new AllowanceOrCharge
            {
                IsCharge = item.IsCharge, Amount = item.Amount * unit, Reason = "Reason", Tax = taxes[item.Tax % taxes.Length],
            }),
        ];
        var sums = DocumentSums.Of(currency, all, adjustments, prepaid * unit, rounding * unit);
        return new()
        {
            Kind = isCredit ? DocumentKind.CreditNote : DocumentKind.Invoice,
            Number = "R-1",
            IssueDate = new(2026, 2, 28),
            DueDate = new(2026, 3, 14),
            Currency = currency,
            TaxCurrency = currency.Code == "EUR" ? null : Currency.Parse("EUR"),
            Locale = language,
            Seller = MakeParty("Seller", "ES", isOutside ? null : "ESB12345674"),
            Buyer = MakeParty("Buyer <&>", "FR", isOutside ? null : "FR61954506077"),
            Period = new(new(2026, 1, 1), new(2026, 1, 31)),
            Delivery = new(new(2026, 1, 31), new() { CountryCode = "FR" }),
            Lines = all,
            AllowancesAndCharges = adjustments,
            TaxBreakdown = sums.TaxBreakdown,
            Totals = sums.Totals with { TaxInTaxCurrency = currency.Code == "EUR" ? null : 12.34m },
            PrecedingInvoices = isCredit ? [new("R-0", new(2026, 1, 1))] : [],
            Payment = new() { MeansCode = "58", CreditTransfers = [new("DE02 1203 0000 0000 2020 51", "Seller", "BYLADEM1001")] },
            Notes = [new("Note", "REG")],
        };
    }

    private static DocumentLine MakeLine(
        (decimal Quantity, decimal Price, int Tax, bool HasPrice, decimal Allowance, bool IsGrouped) line, int index, TaxClass tax,
        Currency currency, decimal unit)
    {
        var gross = decimal.Round(line.Quantity * line.Price, currency.MinorUnitDigits, MidpointRounding.AwayFromZero);
        var allowance = line.Allowance * unit;
        return Samples.Line($"{index + 1}", "Usage", line.Quantity, "KWH", line.HasPrice ? line.Price : null, gross - allowance, tax,
            line.IsGrouped ? "device" : null) with
        {
            AllowancesAndCharges = allowance == 0 ? [] : [new() { IsCharge = false, Amount = allowance, Reason = "Discount" }],
        };
    }

    private static Party MakeParty(string name, string country, string? vatNumber) => new()
    {
        Name = name,
        Address = new() { CountryCode = country, City = "City" },
        VatNumber = vatNumber,
        LegalRegistration = new("123"),
        ElectronicAddress = new("billing@example.com", "EM"),
    };
}
