using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>What holds for every invoice, whatever its rules, rounding, currency and signs.</summary>
public class TaxPropertyTests
{
    private static readonly LocalDate[] Starts = [Day(2023, 12, 1), Day(2024, 1, 1), Day(2026, 1, 1), Day(2026, 3, 17)];

    private static readonly (TaxSeller Seller, TaxBuyer Buyer)[] Parties =
    [
        (Seller("DE", "DE"), Consumer("DE")),
        (Seller("DE", "DE"), Business("AT", "ATU13585627")),
        (Seller("DE", "DE", "DE:OssUnion"), Consumer("FR")),
        (Seller("CA", "CA", "CA-QC"), Consumer("CA-QC")),
        (Seller("CA", "CA", "CA-BC"), Consumer("CA-BC")),
        (Seller("CH", "CH"), Consumer("CH")),
        (Seller("JP", "JP"), Consumer("JP")),
        (Seller("IN", "IN-KA") with { Place = Place("IN-KA") }, Consumer("IN-KA")),
    ];

    private static readonly string[] Classes =
        [TaxClasses.Telecommunications, TaxClasses.NotASupply, TaxClasses.ElectronicServices];

    private static readonly string[] Currencies = ["EUR", "JPY", "KWD"];

    private static readonly Gen<TaxSettings> Settings = Gen.Select(
        Gen.Bool, Gen.Enum<TaxRounding>(), Gen.Enum<LineRounding>(), (inclusive, rounding, mode) => new TaxSettings(inclusive, rounding, mode));

    private static readonly Gen<TaxRequest> Requests = Gen.Select(
        Gen.Int[0, Parties.Length - 1].Select(i => Parties[i]), Gen.Int[0, Currencies.Length - 1].Select(i => Currencies[i]), Settings,
        Gen.Select(
            Gen.Long[-100_000, 100_000], Gen.Int[0, Classes.Length - 1].Select(i => Classes[i]),
            Gen.Int[0, Starts.Length - 1].Select(i => Starts[i]), Gen.Int[0, 40]).Array[1, 12],
        (parties, currency, settings, lines) => Request(
            parties.Seller, parties.Buyer, Day(2026, 4, 1), settings,
            [.. lines.Select((line, i) => new TaxableLine(
                $"line {i}", new(line.Item1, Currency.FromCode(currency)), line.Item2,
                new(line.Item3, line.Item3.PlusDays(line.Item4))))]));

    [Fact]
    public void Sums_agree_and_net_and_tax_are_gross() => Requests.Sample(request =>
    {
        var outcome = Engine.Calculate(request);
        Assert.False(outcome.IsHeld, string.Join("; ", outcome.Holds));
        Assert.Empty(TaxStatementCheck.Problems(request, outcome.Statement!));
    });

    [Fact]
    public void The_order_of_lines_changes_no_amount() => Gen.Select(Requests, Gen.Int).Sample((request, seed) =>
    {
        var order = Enumerable.Range(0, request.Lines.Count).OrderBy(i => unchecked((i + 1) * 2_654_435_761L * (seed | 1)) & 0xffff).ToList();
        var (first, second) = (Engine.Calculate(request), Engine.Calculate(request with { Lines = [.. order.Select(i => request.Lines[i])] }));
        Assert.Equal(first.Statement!.Breakdown, second.Statement!.Breakdown);
        Assert.Equal(
            order.Select(i => Amounts(first.Statement.Lines[i])), second.Statement.Lines.Select(line => Amounts(line)));
    });

    [Fact]
    public void A_credit_of_everything_negates_everything() => Requests.Sample(request =>
    {
        var invoice = Engine.Calculate(request).Statement!;
        var credit = Engine.Calculate(request with { Lines = [.. request.Lines.Select(l => l with { Amount = -l.Amount })] }).Statement!;
        Assert.Equal(invoice.Lines.Select(line => Amounts(line)), credit.Lines.Select(line => Amounts(line, -1)));
        Assert.Equal(
            invoice.Breakdown.Select(s => (s.Key, s.Taxable, s.Amount)), credit.Breakdown.Select(s => (s.Key, -s.Taxable, -s.Amount)));
    });

    [Fact]
    public void Per_line_and_per_invoice_differ_by_half_a_unit_a_line() => Requests.Sample(request =>
    {
        var settings = request.Settings with { Mode = LineRounding.HalfAwayFromZero };
        var invoice = Engine.Calculate(request with { Settings = settings with { Rounding = TaxRounding.PerInvoice } }).Statement!;
        var lines = Engine.Calculate(request with { Settings = settings with { Rounding = TaxRounding.PerLine } }).Statement!;
        foreach (var (one, other) in invoice.Breakdown.Zip(lines.Breakdown))
        {
            var parts = lines.Lines.SelectMany(l => l.Taxes).Count(t => t.Key == one.Key);
            // Half a unit of each line's rounding, and half of the invoice's.
            Assert.True(2 * Math.Abs(one.Amount.MinorUnits - other.Amount.MinorUnits) <= parts + 1);
        }
    });

    /// <remarks>EN 16931, BR-CO-17: tax of a category is its taxable amount times its rate, rounded.</remarks>
    [Fact]
    public void Rounded_per_invoice_a_subtotal_is_the_rounded_product() => Requests.Sample(request =>
    {
        var settings = request.Settings with { PricesIncludeTax = false, Rounding = TaxRounding.PerInvoice };
        foreach (var subtotal in Engine.Calculate(request with { Settings = settings }).Statement!.Breakdown)
        {
            var exact = subtotal.Taxable.ToDecimal() * subtotal.Key.Rate / 100m;
            Assert.Equal(Money.FromExact(exact, subtotal.Taxable.Currency, settings.Mode), subtotal.Amount);
        }
    });

    /// <summary>A line's tax is never a whole unit or more away from what it would be alone.</summary>
    [Fact]
    public void A_share_is_near_the_exact_tax_of_its_line() => Requests.Sample(request =>
    {
        var settings = request.Settings with { PricesIncludeTax = false };
        foreach (var tax in Engine.Calculate(request with { Settings = settings }).Statement!.Lines.SelectMany(l => l.Taxes))
        {
            var exact = tax.Taxable.MinorUnits * tax.Key.Rate / 100m;
            Assert.True(Math.Abs(tax.Amount.MinorUnits - exact) < 2m);
        }
    });

    [Theory]
    [InlineData(LineRounding.HalfAwayFromZero, "1")]
    [InlineData(LineRounding.HalfEven, "0")]
    [InlineData(LineRounding.Down, "0")]
    [InlineData(LineRounding.Up, "1")]
    public void Half_a_unit_is_rounded_as_the_setting_says(LineRounding mode, string tax)
    {
        // 10 % of 5 yen.
        var request = Request(
            Seller("JP", "JP"), Consumer("JP"), Day(2026, 1, 31), new(Mode: mode),
            Line("5", "JPY", TaxClasses.Services, SupplyPeriod.On(Day(2026, 1, 31))));
        Assert.Equal(tax, Engine.Calculate(request).Statement!.Tax.ToString());
    }

    /// <remarks>EN 16931, BG-23: one subtotal per category and rate. At home 0.03, and a service taxed at home 0.03, at 19 %: together
    /// 0.0114.</remarks>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_two_rules_tax_alike_is_rounded_together(bool inclusive)
    {
        var day = SupplyPeriod.On(Day(2026, 1, 31));
        var outcome = Engine.Calculate(Request(
            Seller("DE", "DE"), Consumer("FR"), Day(2026, 1, 31), new(inclusive),
            Line("0.03", "EUR", TaxClasses.Telecommunications, day, "a") with { Place = new("DE") },
            Line("0.03", "EUR", TaxClasses.Services, day, "b")));
        Assert.Equal(["eu.b2c.services", "eu.domestic"], outcome.Statement!.Breakdown.Select(s => s.Key.Rule));
        Assert.Equal(1, outcome.Statement.Tax.MinorUnits);
    }

    /// <remarks>Largest remainder, then the smaller id: 3 × 0.05 at 19 % are 0.0285, rounded 0.03, one cent each.</remarks>
    [Fact]
    public void Left_over_cents_go_to_the_largest_remainders()
    {
        var day = SupplyPeriod.On(Day(2026, 1, 31));
        var request = Request(
            Seller("DE", "DE"), Consumer("DE"), Day(2026, 1, 31), null,
            Line("0.07", "EUR", TaxClasses.Services, day, "b"), Line("0.07", "EUR", TaxClasses.Services, day, "a"),
            Line("0.02", "EUR", TaxClasses.Services, day, "c"));
        // 1.33 + 1.33 + 0.38 cents are 3.04, so 3: cut off 1 + 1 + 0, and the last cent to c with 0.38.
        Assert.Equal([1L, 1L, 1L], Engine.Calculate(request).Statement!.Lines.Select(l => l.Tax.MinorUnits));
        var equal = request with { Lines = [.. request.Lines.Take(2)] };
        // 2.66 are 3: equal remainders, so the smaller id has it.
        Assert.Equal([1L, 2L], Engine.Calculate(equal).Statement!.Lines.Select(l => l.Tax.MinorUnits));
    }

    private static (string, long, long, long) Amounts(TaxedLine line, int sign = 1) =>
        (line.LineId, sign * line.Net.MinorUnits, sign * line.Tax.MinorUnits, sign * line.Gross.MinorUnits);
}
