using System.Text;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Core.Tests.ExchangeRates;

/// <summary>Files of the European Central Bank. The rates are those of its publication of 28 June 2024
/// (<c>https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml</c> of that day, some of the currencies); other days are made up.</summary>
public class EcbFileTests
{
    internal const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        	<gesmes:subject>Reference rates</gesmes:subject>
        	<gesmes:Sender>
        		<gesmes:name>European Central Bank</gesmes:name>
        	</gesmes:Sender>
        	<Cube>
        		<Cube time='2024-06-28'>
        			<Cube currency='USD' rate='1.0705'/>
        			<Cube currency='JPY' rate='171.94'/>
        			<Cube currency='GBP' rate='0.84638'/>
        			<Cube currency='HUF' rate='395.10'/>
        			<Cube currency='PLN' rate='4.3090'/>
        			<Cube currency='IDR' rate='17487.21'/>
        		</Cube>
        	</Cube>
        </gesmes:Envelope>
        """;

    [Fact]
    public void The_daily_xml_is_read_digit_by_digit()
    {
        var sheet = Assert.Single(Read(Xml).Sheets);
        Assert.Equal(("ECB", "EUR"), (sheet.Source, sheet.Base));
        Assert.Equal(
            ["GBP 0.84638", "HUF 395.1", "IDR 17487.21", "JPY 171.94", "PLN 4.309", "USD 1.0705"],
            sheet.Rates().Select(r => $"{r.Currency} {Amounts.Text(r.Rate)}"));
        Assert.All(sheet.Rates(), r => Assert.Equal(new LocalDate(2024, 6, 28), r.Date));
    }

    [Fact]
    public void The_daily_csv_has_its_date_in_words_and_a_comma_at_the_end()
    {
        var sheet = Assert.Single(Csv("Date, USD, JPY, HUF, \n28 June 2024, 1.0705, 171.94, 395.10, \n").Sheets);
        Assert.Equal(
            ["HUF 395.1 2024-06-28", "JPY 171.94 2024-06-28", "USD 1.0705 2024-06-28"],
            sheet.Rates().Select(r => $"{r.Currency} {Amounts.Text(r.Rate)} {r.Date:uuuu-MM-dd}"));
    }

    [Fact]
    public void The_history_is_sorted_and_what_is_missing_or_no_currency_any_more_is_left_out()
    {
        var file = Csv("Date,USD,CYP,ISK,\n2024-06-28,1.0705,N/A,148.90,\n2024-06-27,1.0696,0.58274,,\n");
        var sheet = Assert.Single(file.Sheets);
        Assert.Equal(["2024-06-27", "2024-06-28"], sheet.Days.Select(d => d.Date.ToString("uuuu-MM-dd", null)));
        Assert.Equal(3, sheet.Rates().Count());
        Assert.Equal(["CYP"], file.UnknownCurrencies);
    }

    [Fact]
    public void A_long_history_comes_in_sheets_of_bounded_size()
    {
        var csv = new StringBuilder("Date,USD,\n");
        for (var i = 0; i < 1_000; i++)
        {
            csv.Append(new LocalDate(2020, 1, 1).PlusDays(i).ToString("uuuu-MM-dd", null)).Append(",1.1,\n");
        }
        Assert.Equal([400, 400, 200], Csv(csv.ToString()).Sheets.Select(s => s.Days.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Date\n2024-06-28\n")]
    [InlineData("Date,USD,\n")]
    [InlineData("Date,USD,\n28.06.2024,1.07,\n")]
    [InlineData("Date,USD,\n2024-06-28,1.07,2.0,\n")]
    [InlineData("Date,USD,\n2024-06-28,-1.07,\n")]
    [InlineData("Date,USD,\n2024-06-28,0,\n")]
    [InlineData("Date,USD,\n2024-06-28,1.0e40,\n")]
    [InlineData("Date,EUR,\n2024-06-28,1,\n")]
    [InlineData("Date,usd,\n2024-06-28,1,\n")]
    [InlineData("Date,USD,\n2024-06-28,1.07,\n2024-06-28,1.08,\n")]
    public void What_is_no_such_csv_is_refused_whole(string csv)
    {
        var file = Csv(csv);
        Assert.NotEmpty(file.Errors);
        Assert.Empty(file.Sheets);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/hostname\"><x/>")]
    [InlineData("<Cube time='2024-06-28'><Cube currency='USD' rate='1.07'/></Cube>")]
    [InlineData("<Cube xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube currency='USD' rate='1.07'/></Cube>")]
    [InlineData("<Cube xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref' time='yesterday'><Cube currency='USD' rate='1'/></Cube>")]
    [InlineData("<Cube xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref' time='2024-06-28'><Cube currency='USD'/></Cube>")]
    [InlineData("<a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a>")]
    [InlineData("<a>")]
    [InlineData("")]
    public void What_is_no_such_xml_is_refused_whole(string xml)
    {
        var file = Read(xml);
        Assert.NotEmpty(file.Errors);
        Assert.Empty(file.Sheets);
    }

    internal static RateFile Read(string xml) => EcbXml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    private static RateFile Csv(string csv) => EcbCsv.Read(new StringReader(csv));
}
