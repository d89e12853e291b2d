using System.Text.RegularExpressions;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Pdf;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed partial class TextsTests
{
    public static TheoryData<string> Languages() => [.. Samples.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_text_with_the_same_places(string language)
    {
        var english = LocaleData.TextsOf("en")!;
        var texts = LocaleData.TextsOf(language)!;
        Assert.Equal(english.Keys.Order(), texts.Keys.Order());
        Assert.All(texts, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.Value));
            Assert.Equal(Places(english[text.Key]), Places(text.Value));
        });
    }

    [Fact]
    public void Files_of_regions_only_change_texts_that_exist()
    {
        var files = typeof(DocumentTexts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("texts/", StringComparison.Ordinal))
            .Select(name => name["texts/".Length..^".json".Length]).Where(name => name.Contains('-', StringComparison.Ordinal)).ToList();
        Assert.Contains("de-AT", files);
        Assert.All(files, file =>
        {
            var language = LocaleData.TextsOf(LocaleTag.Parse(file).Language)!;
            Assert.All(LocaleData.TextsOf(file)!, text => Assert.Equal(Places(language[text.Key]), Places(text.Value)));
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_glyph_is_missing(string language)
    {
        Assert.Empty(PdfRenderer.MissingCharacters(Samples.Of(language)));
        foreach (var region in LocaleData.FormatsOf(new(language, ""))["regions"]!.AsObject())
        {
            Assert.Empty(PdfRenderer.MissingCharacters(Samples.Of(language) with { Locale = $"{language}-{region.Key}" }));
        }
    }

    [Theory]
    [InlineData("de", "Steuerschuldnerschaft des Leistungsempfängers")]
    [InlineData("fr", "Autoliquidation")]
    [InlineData("es", "Inversión del sujeto pasivo")]
    [InlineData("it", "Inversione contabile")]
    [InlineData("pt", "Autoliquidação")]
    [InlineData("nl", "Btw verlegd")]
    [InlineData("pl", "Odwrotne obciążenie")]
    [InlineData("sv", "Omvänd betalningsskyldighet")]
    [InlineData("en", "Reverse charge")]
    public void Reverse_charge_is_worded_as_the_directive_is(string language, string wording) =>
        Assert.Equal(wording, new DocumentTexts(new(language, ""), new Dictionary<string, string>())["reason.reverseCharge"]);

    [Fact]
    public void A_text_is_looked_for_with_the_tenant_then_the_region_then_the_language_then_in_English()
    {
        var tenant = new Dictionary<string, string> { ["title.invoice"] = "Faktura!" };
        var texts = new DocumentTexts(LocaleTag.Parse("de-AT"), tenant);
        Assert.Equal("Faktura!", texts["title.invoice"]);
        Assert.Equal("UID-Nummer", texts["label.vatNumber"]);
        Assert.Equal("Gutschrift", texts["title.creditNote"]);
        Assert.Equal("Credit note", new DocumentTexts(LocaleTag.Parse("fi-FI"), tenant)["title.creditNote"]);
    }

    private static List<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
