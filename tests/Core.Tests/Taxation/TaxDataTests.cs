using System.Text;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Core.Taxation.Schemes;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Data files: those of the program, and an operator's.</summary>
public class TaxDataTests
{
    private const string Own = """
        {
          "name": "own", "version": "7", "reviewedThrough": "2026-11-01",
          "classes": ["charging"],
          "sources": { "law": "Some law, s. 1" },
          "jurisdictions": [
            { "code": "DE", "scheme": "eu", "taxes": [ { "tax": "VAT", "rates": [
              { "classes": ["electricity", "charging"], "rate": "19", "validFrom": "2021-01-01", "source": "law" },
              { "classes": ["services"], "rate": "18", "validFrom": "2026-01-01", "validThrough": "2026-06-30", "source": "law" },
              { "classes": ["services"], "rate": "17", "validFrom": "2026-07-01", "source": "law" } ] } ] },
            { "code": "BR", "scheme": "none" }
          ]
        }
        """;

    /// <summary>Every rule that a scheme can answer with has its text and source; so has every note.</summary>
    [Fact]
    public void The_files_of_the_program_are_right_and_name_every_rule()
    {
        foreach (var rule in TaxSchemes.Rules.Concat(["common.not_a_supply", "common.exempt_buyer"]))
        {
            Assert.NotEmpty(TaxData.BuiltIn.Rule(rule).Source!);
        }
        foreach (var note in (string[])["reverse_charge", "acquisition_tax", "number_not_confirmed", "us_state_rate_only", "jp_reverse_charge",
            "jp_business_only", "in_export"])
        {
            Assert.NotEmpty(TaxData.BuiltIn.Rule($"note.{note}").Text!);
        }
    }

    [Fact]
    public void A_statement_says_which_data_it_was_computed_with()
    {
        var data = Month(Seller("DE", "DE"), Business("US-OR"), "EUR", 2026, 1).Statement!.Data;
        Assert.Equal("eu 2026-11-28, us 2026-11-28", data.Version);
        Assert.Equal(Day(2025, 7, 1), data.ReviewedThrough);
    }

    [Fact]
    public void An_operators_file_replaces_the_rates_it_has_and_nothing_else()
    {
        var engine = new TaxEngine(Read(Own).Data!);
        TaxOutcome Of(string productClass, int month, string buyer = "DE") => engine.Calculate(Request(
            Seller("DE", "DE"), Consumer(buyer), Day(2026, month, 1), null,
            Line("100", "EUR", productClass, SupplyPeriod.On(Day(2026, month, 1)))));
        Assert.Equal(["DE VAT S 18: 100.00 + 18.00"], Of(TaxClasses.Services, 1).Told());
        Assert.Equal(["DE VAT S 17: 100.00 + 17.00"], Of(TaxClasses.Services, 7).Told());
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], Of(TaxClasses.Goods, 1).Told());
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], Of("charging", 1).Told());
        Assert.Equal("eu 2026-11-28, own 7", Of(TaxClasses.Services, 1).Statement!.Data.Version);
        Assert.Equal("Some law, s. 1", Of("charging", 1).Statement!.Breakdown[0].Explanation.RateSource);
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], Of(TaxClasses.ElectronicServices, 1, "BR").Told());
        // What the program's data says stays as it was.
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], Month(Seller("DE", "DE"), Consumer("DE"), "EUR", 2026, 1, TaxClasses.Services).Told());
    }

    [Fact]
    public void A_territory_with_two_codes_gets_what_is_said_of_one()
    {
        var engine = new TaxEngine(Read(Own.Replace("\"code\": \"DE\"", "\"code\": \"FR\"", StringComparison.Ordinal)).Data!);
        var outcome = engine.Calculate(Request(
            Seller("FR", "FR"), Consumer("MC"), Day(2026, 1, 1), null,
            Line("100", "EUR", TaxClasses.Services, SupplyPeriod.On(Day(2026, 1, 1)))));
        Assert.Equal(["FR VAT S 18: 100.00 + 18.00"], outcome.Told());
    }

    [Fact]
    public void The_day_that_counts_can_be_another_and_the_scheme_cannot()
    {
        // Germany takes the end of the supply; with the operator's file the day of the invoice.
        var own = Own.Replace(
            "\"scheme\": \"eu\",", "\"scheme\": \"eu\", \"taxPoint\": \"invoice_date\", \"taxPointSource\": \"law\",", StringComparison.Ordinal);
        var outcome = new TaxEngine(Read(own).Data!).Calculate(Request(
            Seller("DE", "DE"), Consumer("DE"), Day(2026, 6, 30), null,
            Line("100", "EUR", TaxClasses.Services, SupplyPeriod.On(Day(2026, 7, 1)))));
        Assert.Equal(["DE VAT S 18: 100.00 + 18.00"], outcome.Told());
        var other = Read(Own.Replace("\"scheme\": \"eu\"", "\"scheme\": \"gb\"", StringComparison.Ordinal));
        Assert.Equal("tax_data.scheme", Assert.Single(other.Errors).Code);
    }

    [Theory]
    [InlineData("\"validThrough\": \"2026-06-30\"", "\"validThrough\": \"2026-07-01\"", "tax_data.overlap")]
    [InlineData("\"validThrough\": \"2026-06-30\"", "\"validThrough\": \"2026-06-29\"", "tax_data.gap")]
    [InlineData("\"validThrough\": \"2026-06-30\"", "\"validThrough\": \"2025-06-30\"", "tax_data.date")]
    [InlineData("\"validThrough\": \"2026-06-30\", ", "", "tax_data.overlap")]
    [InlineData("\"charging\"], \"rate\"", "\"parking\"], \"rate\"", "tax_data.class_unknown")]
    [InlineData("\"source\": \"law\" },", "\"source\": \"rumour\" },", "tax_data.source")]
    [InlineData("\"rate\": \"18\"", "\"rate\": \"-1\"", "tax_data.rate")]
    [InlineData("\"rate\": \"18\"", "\"rate\": \"100.1\"", "tax_data.rate")]
    [InlineData("\"rate\": \"18\"", "\"rate\": \"1.23456\"", "tax_data.rate")]
    [InlineData("\"rate\": \"18\"", "\"rate\": 18", "tax_data.invalid")]
    [InlineData("\"rate\": \"18\"", "\"treatment\": \"free\"", "tax_data.treatment")]
    [InlineData("\"validFrom\": \"2026-07-01\"", "\"validFrom\": \"1.7.2026\"", "tax_data.date")]
    [InlineData("\"code\": \"BR\"", "\"code\": \"BRA\"", "tax_data.code")]
    [InlineData("\"code\": \"BR\"", "\"code\": \"DE\"", "tax_data.duplicate")]
    [InlineData("\"scheme\": \"none\"", "\"scheme\": \"mercosur\"", "tax_data.scheme")]
    [InlineData("\"scheme\": \"none\"", "\"scheme\": \"none\", \"taxPoint\": \"whenever\"", "tax_data.tax_point")]
    [InlineData("\"scheme\": \"none\"", "\"scheme\": \"none\", \"shownIn\": [{ \"currency\": \"BRX\" }]", "tax_data.currency")]
    [InlineData("\"name\": \"own\", ", "", "tax_data.text")]
    [InlineData("\"version\": \"7\"", "\"edition\": \"7\"", "tax_data.invalid")]
    [InlineData("\"reviewedThrough\": \"2026-11-01\"", "\"reviewedThrough\": null", "tax_data.date")]
    public void A_file_that_is_wrong_says_where(string right, string wrong, string code)
    {
        Assert.Contains(right, Own, StringComparison.Ordinal);
        var result = Read(Own.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(result.Data);
        Assert.Contains(code, result.Errors.Select(e => e.Code));
    }

    [Fact]
    public void A_file_that_is_too_large_or_no_JSON_is_refused()
    {
        Assert.Equal("tax_data.too_large", Assert.Single(TaxData.BuiltIn.With(new byte[TaxLimits.MaxFileBytes + 1]).Errors).Code);
        Assert.Equal("tax_data.invalid", Assert.Single(Read("{").Errors).Code);
        Assert.Equal("tax_data.invalid", Assert.Single(Read("null").Errors).Code);
    }

    private static TaxDataResult Read(string json) => TaxData.BuiltIn.With(Encoding.UTF8.GetBytes(json));
}
