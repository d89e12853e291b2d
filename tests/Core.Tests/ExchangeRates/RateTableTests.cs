using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Core.Tests.ExchangeRates;

/// <summary>Which rate counts; rule: ADR 0042.</summary>
public class RateTableTests
{
    /// <remarks>TARGET closing days, and Easter Sundays from tables: 31 March 2024, 20 April 2025, 5 April 2026, 25 April 2038.</remarks>
    [Theory]
    [InlineData("2024-06-28", "2024-06-28")]
    [InlineData("2024-06-30", "2024-06-28")] // Sunday
    [InlineData("2024-04-01", "2024-03-28")] // Easter Monday, after Good Friday
    [InlineData("2025-04-18", "2025-04-17")] // Good Friday
    [InlineData("2026-04-06", "2026-04-02")]
    [InlineData("2038-04-26", "2038-04-22")]
    [InlineData("2025-05-01", "2025-04-30")]
    [InlineData("2026-12-27", "2026-12-24")] // both days of Christmas, a Friday and a Saturday, and a Sunday
    [InlineData("2026-01-01", "2025-12-31")]
    public void The_ecb_publishes_no_rates_on_some_days(string day, string published) =>
        Assert.Equal(Day(published), EcbCalendar.LastPublication(Day(day)));

    [Fact]
    public void On_a_day_without_a_rate_the_last_one_before_counts_and_an_older_one_never()
    {
        var table = Table(("ECB", "EUR", "HUF", "2024-06-27", 396.9m), ("ECB", "EUR", "HUF", "2024-06-28", 395.1m));
        Assert.Equal(Day("2024-06-28"), Find(table, "2024-06-30")!.Date);
        Assert.Equal(Day("2024-06-27"), Find(table, "2024-06-27")!.Date);
        Assert.Null(Find(table, "2024-06-26"));
        // Monday has rates that nobody has imported yet.
        Assert.Null(Find(table, "2024-07-01"));
    }

    [Fact]
    public void Rates_of_other_sources_hold_for_a_month()
    {
        var table = Table(("HMRC", "GBP", "EUR", "2024-06-01", 1.1720m));
        var rate = table.Find(new("HMRC", "EUR", "GBP", Day("2024-06-30")))!;
        Assert.Equal("85.32", rate.Convert(Amounts.Of(100m, "EUR")).ToString());
        Assert.Null(table.Find(new("HMRC", "EUR", "GBP", Day("2024-07-03"))));
        Assert.Null(table.Find(new("ECB", "EUR", "GBP", Day("2024-06-30"))));
    }

    [Fact]
    public void Both_rates_of_a_conversion_are_of_one_day()
    {
        var table = Table(
            ("X", "EUR", "USD", "2024-06-27", 1.0696m), ("X", "EUR", "USD", "2024-06-28", 1.0705m), ("X", "EUR", "HUF", "2024-06-27", 396.9m));
        var rate = table.Find(new("X", "USD", "HUF", Day("2024-06-28")))!;
        Assert.Equal((1.0696m, 396.9m, Day("2024-06-27")), (rate.FromPerBase, rate.ToPerBase, rate.Date));
    }

    [Fact]
    public void Lists_are_in_order_and_go_on_behind_any_place()
    {
        var table = Table(
            ("B", "EUR", "USD", "2024-06-27", 1m), ("A", "EUR", "USD", "2024-06-28", 2m), ("A", "EUR", "HUF", "2024-06-28", 3m),
            ("A", "EUR", "HUF", "2024-06-27", 4m), ("A", "CHF", "USD", "2024-06-27", 5m));
        var all = table.List(null, null, Day("1970-01-01"), Day("2199-12-31"), null).ToList();
        Assert.Equal([5m, 4m, 3m, 2m, 1m], all.Select(r => r.Rate));
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal(all[(i + 1)..], table.List(null, null, Day("1970-01-01"), Day("2199-12-31"), all[i]));
        }
        Assert.Equal([4m, 1m], table.List(null, null, Day("2024-06-27"), Day("2024-06-27"), all[0]).Select(r => r.Rate));
        Assert.Equal([3m, 2m], table.List("A", null, Day("2024-06-28"), Day("2024-06-28"), null).Select(r => r.Rate));
        Assert.Equal([4m, 3m], table.List(null, "HUF", Day("1970-01-01"), Day("2199-12-31"), null).Select(r => r.Rate));
    }

    [Fact]
    public void Sheets_tell_the_whole_table_again_in_any_order_of_setting() =>
        Gen.Select(
            Gen.OneOf(Gen.Const("ECB"), Gen.Const("HMRC")), Gen.OneOf(Gen.Const("USD"), Gen.Const("HUF"), Gen.Const("JPY")),
            Gen.Int[0, 2_000], Gen.Int[1, int.MaxValue], Gen.Int[0, 18])
            .List[0, 200].Sample(rates =>
            {
                var table = new RateTable();
                foreach (var (source, currency, day, digits, scale) in rates)
                {
                    table.Set(new(source, "EUR", currency, new LocalDate(2020, 1, 1).PlusDays(day), new(digits, 0, 0, false, (byte)scale)));
                }
                var again = new RateTable();
                foreach (var rate in table.Sheets().SelectMany(s => s.Rates()))
                {
                    again.Set(rate);
                }
                return table.Count == again.Count && All(table).SequenceEqual(All(again))
                    && All(table).Count() == rates.Select(r => (r.Item1, r.Item2, r.Item3)).Distinct().Count();
            });

    [Theory]
    [InlineData("99999999999999999")]
    [InlineData("0.000000000000000001")]
    [InlineData("4294967296.5")]
    [InlineData("2147483648")]
    [InlineData("1.0705")]
    public void A_packed_rate_is_the_same_rate(string text)
    {
        var rate = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(PackedRate.IsValid(rate));
        Assert.Equal(rate, Table(("X", "EUR", "USD", "2024-06-28", rate)).Find("X", "EUR", "USD", Day("2024-06-28")));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100000000000000000")]
    [InlineData("0.0000000000000000001")]
    public void What_is_no_rate_cannot_be_packed(string text) =>
        Assert.False(PackedRate.IsValid(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));

    private static IEnumerable<DatedRate> All(RateTable table) => table.List(null, null, Day("1970-01-01"), Day("2199-12-31"), null);

    private static ExchangeRate? Find(RateTable table, string day) => table.Find(new("ECB", "EUR", "HUF", Day(day)));

    private static RateTable Table(params (string Source, string Base, string Currency, string Date, decimal Rate)[] rates)
    {
        var table = new RateTable();
        foreach (var (source, baseCurrency, currency, date, rate) in rates)
        {
            table.Set(new(source, baseCurrency, currency, Day(date), rate));
        }
        return table;
    }

    private static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}
