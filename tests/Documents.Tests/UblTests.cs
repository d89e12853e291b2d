using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using OrleansBilling.Documents.Rules;
using OrleansBilling.Documents.Ubl;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class UblTests
{
    [Fact]
    public void Thousands_of_random_documents_keep_the_business_rules_and_the_order_of_the_schema() =>
        RandomDocuments.Any.Sample(
            document =>
            {
                var file = UblRenderer.Render(document);
                Assert.Empty(EnRules.Broken(file));
                Assert.Empty(UblOrder.Errors(file));
            },
            iter: 4_000);

    public static TheoryData<string> Languages() => [.. Samples.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Samples_of_every_language_are_e_invoices(string language)
    {
        var document = Samples.Of(language);
        Assert.Empty(DocumentValidator.Validate(document));
        Assert.Empty(EnRules.Broken(UblRenderer.Render(document, UblProfile.PeppolBilling3)));
        Assert.Empty(EnRules.Broken(UblRenderer.Render(document with { Kind = DocumentKind.CreditNote })));
    }

    /// <summary>The checker itself: whatever amount is off by a cent, it says so.</summary>
    [Fact]
    public void Every_amount_that_is_changed_breaks_a_rule()
    {
        var document = Samples.Of("de");
        var file = Encoding.UTF8.GetString(UblRenderer.Render(document));
        var count = XDocument.Parse(file).Descendants().Count(IsSum);
        Assert.True(count > 12);
        for (var i = 0; i < count; i++)
        {
            var changed = XDocument.Parse(file);
            var amount = changed.Descendants().Where(IsSum).ElementAt(i);
            amount.Value = (decimal.Parse(amount.Value, CultureInfo.InvariantCulture) + 0.03m).ToString(CultureInfo.InvariantCulture);
            Assert.NotEmpty(EnRules.Broken(Encoding.UTF8.GetBytes(changed.ToString())));
        }
    }

    [Fact]
    public void A_line_without_one_price_still_multiplies_out()
    {
        var tax = new TaxClass(TaxCategory.Standard, 19m);
        var document = Samples.With(Samples.Of("de"),
        [
            Samples.Line("1", "Tiers", 2418.375m, "KWH", null, 870.41m, tax),
            Samples.Line("2", "Correction", 3m, "KWH", null, -7.11m, tax),
            Samples.Line("3", "Minimum", 0m, "KWH", null, 5.00m, tax),
        ]) with { AllowancesAndCharges = [] };
        document = Samples.With(document, document.Lines);
        var root = XDocument.Parse(Encoding.UTF8.GetString(UblRenderer.Render(document))).Root!;
        string[] Of(string name) => [.. root.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value)];
        Assert.Equal(["2418.375", "-3", "1"], Of("InvoicedQuantity"));
        Assert.Equal(["870.41", "7.11", "5"], Of("PriceAmount"));
        Assert.Equal(["2418.375", "3"], Of("BaseQuantity"));
    }

    [Fact]
    public void Text_that_xml_cannot_write_loses_only_its_control_characters()
    {
        var document = Samples.Of("en") with { Notes = [new("a\u0001b <&> 😀\uFFFF")] };
        Assert.Contains("ab &lt;&amp;&gt; 😀<", Encoding.UTF8.GetString(UblRenderer.Render(document)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_breaks_rules_makes_no_e_invoice()
    {
        var document = Samples.Of("en") with { Number = "" };
        var error = Assert.Throws<InvalidDocumentException>(() => UblRenderer.Render(document));
        Assert.Equal("BR-02", Assert.Single(error.Findings).Rule);
    }

    private static bool IsSum(XElement element) => element.Attribute("currencyID") is not null
        && element.Name.LocalName is not ("BaseAmount" or "PriceAmount");
}
