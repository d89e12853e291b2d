using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Supplies around the day on which a rate changes.</summary>
public class RateChangeTests
{
    private static TaxOutcome Tax(
        string seller, string buyer, string amount, string currency, LocalDate invoice, SupplyPeriod supply, LocalDate? taxPoint = null,
        string productClass = TaxClasses.Telecommunications) =>
        Engine.Calculate(Request(
            Seller(seller[..2], seller), Consumer(buyer), invoice, null, Line(amount, currency, productClass, supply) with { TaxPoint = taxPoint }));

    /// <remarks>§ 27(1) UStG; BMF letter of 30 June 2020, continuous supplies: they are made on the day on which the agreed period ends, so the
    /// calendar year 2020 is taxed at 16 %, whenever it was invoiced; a period that ends after 31 December 2020 at 19 %.</remarks>
    [Fact]
    public void In_Germany_the_last_day_of_the_period_decides()
    {
        var year = new SupplyPeriod(Day(2020, 1, 1), Day(2020, 12, 31));
        Assert.Equal(["DE VAT S 16: 1000.00 + 160.00"], Tax("DE", "DE", "1000", "EUR", Day(2020, 1, 2), year).Told());
        var over = new SupplyPeriod(Day(2020, 7, 1), Day(2021, 6, 30));
        Assert.Equal(["DE VAT S 19: 1000.00 + 190.00"], Tax("DE", "DE", "1000", "EUR", Day(2020, 7, 1), over).Told());
    }

    /// <remarks>Directive 2006/112/EC, Arts. 63–66: supply, payment or invoice may decide, as each state has chosen.</remarks>
    [Fact]
    public void Elsewhere_in_the_EU_the_end_and_the_invoice_have_to_agree()
    {
        var over = new SupplyPeriod(Day(2025, 7, 15), Day(2025, 8, 14));
        Assert.Equal(["RO VAT S 21: 100.00 + 21.00"], Tax("RO", "RO", "100", "RON", Day(2025, 8, 15), over).Told());
        Assert.Equal(TaxHoldCodes.RateChange, Tax("RO", "RO", "100", "RON", Day(2025, 7, 15), over).Hold());
        var before = new SupplyPeriod(Day(2025, 7, 1), Day(2025, 7, 31));
        Assert.Equal(TaxHoldCodes.RateChange, Tax("RO", "RO", "100", "RON", Day(2025, 8, 3), before).Hold());
        Assert.Equal(["RO VAT S 19: 100.00 + 19.00"], Tax("RO", "RO", "100", "RON", Day(2025, 8, 3), before, Day(2025, 7, 31)).Told());
    }

    /// <remarks>Federal Tax Administration, MWST-Info 19, section 2.1, example: a lift service subscription from 1 October 2023 to
    /// 30 September 2024 is taxed for one quarter at 7.7 % and for three quarters at 8.1 %.</remarks>
    [Fact]
    public void In_Switzerland_the_amount_is_shared_out_by_time()
    {
        var outcome = Tax("CH", "CH", "1200", "CHF", Day(2023, 10, 1), new(Day(2023, 10, 1), Day(2024, 9, 30)), null, TaxClasses.Services);
        Assert.Equal(["CH VAT S 7.7: 300.00 + 23.10", "CH VAT S 8.1: 900.00 + 72.90"], outcome.Told());
        var line = Assert.Single(outcome.Statement!.Lines);
        Assert.Equal(
            [new SupplyPeriod(Day(2023, 10, 1), Day(2023, 12, 31)), new SupplyPeriod(Day(2024, 1, 1), Day(2024, 9, 30))],
            line.Taxes.Select(t => t.Supply));
        Assert.Equal(129_600, line.Gross.MinorUnits);
    }

    [Fact]
    public void Parts_that_are_no_whole_months_are_shared_out_by_days()
    {
        var outcome = Tax("CH", "CH", "30", "CHF", Day(2024, 1, 20), new(Day(2023, 12, 22), Day(2024, 1, 20)));
        Assert.Equal(["CH VAT S 7.7: 10.00 + 0.77", "CH VAT S 8.1: 20.00 + 1.62"], outcome.Told());
    }

    /// <remarks>Nova Scotia HST: tax that becomes payable before 1 April 2025 is at 15 %. A business invoices before that day and is paid
    /// after it: 15 % (example 1 of MNP's tax alert on the transitional rules; Excise Tax Act, s. 152).</remarks>
    [Fact]
    public void In_Canada_the_date_of_the_invoice_decides()
    {
        var seller = Seller("CA", "CA");
        TaxOutcome At(LocalDate invoice) => Engine.Calculate(Request(
            seller, Consumer("CA-NS"), invoice, null, Line("100", "CAD", TaxClasses.Telecommunications, new(Day(2025, 3, 1), Day(2025, 4, 30)))));
        Assert.Equal(["CA-NS HST S 15: 100.00 + 15.00"], At(Day(2025, 3, 31)).Told());
        Assert.Equal(["CA-NS HST S 14: 100.00 + 14.00"], At(Day(2025, 4, 1)).Told());
    }

    /// <remarks>IRAS, 2024 GST Rate Change: an invoice of 1 January 2024 is at 9 %, unless it was paid in full on 12 December 2023: then at
    /// 8 %.</remarks>
    [Fact]
    public void In_Singapore_an_earlier_payment_is_given_as_the_tax_point()
    {
        var supply = SupplyPeriod.On(Day(2024, 1, 15));
        Assert.Equal(["SG GST S 9: 100.00 + 9.00"], Tax("SG", "SG", "100", "SGD", Day(2024, 1, 1), supply).Told());
        Assert.Equal(["SG GST S 8: 100.00 + 8.00"], Tax("SG", "SG", "100", "SGD", Day(2024, 1, 1), supply, Day(2023, 12, 12)).Told());
        Assert.Equal(["SG GST S 7: 100.00 + 7.00"], Tax("SG", "SG", "100", "SGD", Day(2022, 12, 31), SupplyPeriod.On(Day(2022, 12, 31))).Told());
    }

    /// <remarks>Streamlined Sales and Use Tax Agreement, section 329: a decrease applies to bills rendered on or after its day. South Dakota:
    /// 4.5 %, from 1 July 2023 4.2 %.</remarks>
    [Fact]
    public void In_South_Dakota_a_lower_rate_counts_from_the_first_bill_on()
    {
        var over = new SupplyPeriod(Day(2023, 6, 15), Day(2023, 7, 14));
        TaxOutcome At(LocalDate invoice) => Engine.Calculate(Request(
            Seller("US", "US-SD"), Consumer("US-SD"), invoice, null, Line("100", "USD", TaxClasses.Goods, over)));
        Assert.Equal(["US-SD SALES S 4.5: 100.00 + 4.50"], At(Day(2023, 6, 15)).Told());
        Assert.Equal(["US-SD SALES S 4.2: 100.00 + 4.20"], At(Day(2023, 7, 15)).Told());
    }

    [Fact]
    public void What_the_data_does_not_reach_is_held()
    {
        Assert.Equal(TaxHoldCodes.OutsideData, Month(Seller("DE", "DE"), Consumer("DE"), "EUR", 2019, 12).Hold());
        var old = Request(
            Seller("DE", "DE"), Consumer("DE"), Day(2030, 1, 31), new(MaxDataAgeDays: 365),
            Line("1", "EUR", TaxClasses.Services, SupplyPeriod.On(Day(2030, 1, 31))));
        Assert.Equal(TaxHoldCodes.OutsideData, Engine.Calculate(old).Hold());
        Assert.Equal(["DE VAT S 19: 1.00 + 0.19"], Engine.Calculate(old with { Settings = new() }).Told());
        // Washington, D.C., raises its rate by steps which the data does not have.
        Assert.Equal(TaxHoldCodes.OutsideData, Month(Seller("US", "US-DC"), Consumer("US-DC"), "USD", 2025, 10, TaxClasses.Goods).Hold());
    }
}
