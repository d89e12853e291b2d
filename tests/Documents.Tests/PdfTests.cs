using System.IO.Compression;
using System.Text;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Pdf;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class PdfTests
{
    public static TheoryData<string> Languages() => [.. Samples.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Another_program_reads_number_and_totals_and_finds_the_fonts_inside(string language)
    {
        var document = Samples.Of(language);
        var file = PdfRenderer.Render(document);
        var text = Plain(Poppler.Text(file));
        Assert.Contains(document.Number, text, StringComparison.Ordinal);
        // An Arabic amount is extracted around its direction marks: its digits are what counts.
        Assert.Contains(Plain(LocaleFormat.Of(document.Locale).Amount(document.Totals.Due, document.Currency)), text, StringComparison.Ordinal);
        var fonts = Poppler.Fonts(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"^[A-Z]{6}\+NotoSans\S*\s+CID TrueType\s+Identity-H\s+yes yes yes", font));
        Assert.Contains("Tagged:          yes", Poppler.Info(file), StringComparison.Ordinal);
    }

    public static TheoryData<string, PageFormat> Papers()
    {
        var papers = new TheoryData<string, PageFormat>();
        foreach (var language in Samples.Languages)
        {
            papers.Add(language, PageFormat.A4);
            papers.Add(language, PageFormat.Letter);
        }

        return papers;
    }

    [Theory]
    [MemberData(nameof(Papers))]
    public void Nothing_leaves_the_page_or_lies_on_other_text(string language, PageFormat paper)
    {
        AssertTidy(PdfRenderer.Render(Samples.Of(language), paper), paper);
        AssertTidy(PdfRenderer.Render(Stressed(language), paper), paper);
    }

    [Fact]
    public void A_long_table_repeats_its_head_and_carries_the_sum_over()
    {
        var document = Samples.Long("de", 120);
        var file = PdfRenderer.Render(document);
        AssertTidy(file, PageFormat.A4);
        var pages = Poppler.Text(file).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length > 3);
        var sum = 0m;
        for (var i = 0; i < pages.Length; i++)
        {
            Assert.Contains($"Seite {i + 1} von {pages.Length}", pages[i], StringComparison.Ordinal);
            var carried = pages[i].Split('\n').Where(line => line.TrimStart().StartsWith("Übertrag", StringComparison.Ordinal)).ToList();
            var lines = document.Lines.Where(line => pages[i].Split('\n').Any(text =>
                text.TrimStart().StartsWith($"{line.Name} ", StringComparison.Ordinal))).ToList();
            if (i > 0 && lines.Count > 0)
            {
                Assert.Contains("Beschreibung", pages[i], StringComparison.Ordinal);
                Assert.EndsWith(LocaleFormat.Of("de").Amount(sum, document.Currency), carried[0].TrimEnd(), StringComparison.Ordinal);
            }

            sum += lines.Sum(line => line.NetAmount);
        }

        Assert.Equal(document.Totals.LineTotal, sum);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_same_document_gives_the_same_bytes_and_no_empty_glyph(string language)
    {
        var file = PdfRenderer.Render(Samples.Of(language));
        Assert.Equal(file, PdfRenderer.Render(Samples.Of(language)));
        Assert.All(Streams(file).Where(text => text.Contains(" BDC ", StringComparison.Ordinal)),
            content => Assert.DoesNotContain("<0000>", content, StringComparison.Ordinal));
    }

    [Fact]
    public void A_character_without_a_glyph_is_named()
    {
        var document = Samples.Of("en") with { Notes = [new("한 ok")] };
        Assert.Equal("한", Assert.Single(PdfRenderer.MissingCharacters(document)).ToString());
        Assert.Contains(Streams(PdfRenderer.Render(document)), content => content.Contains("<0000>", StringComparison.Ordinal));
    }

    [Fact]
    public void Reading_programs_are_told_headings_tables_and_the_language()
    {
        var file = PdfRenderer.Render(Samples.Of("fr"));
        var structure = Poppler.Info(file, "-struct-text");
        Assert.Matches(@"(?s)Document.*H1.*Facture.*Table.*TR.*TH.*Désignation.*TD.*Trafic de données", structure);
        Assert.Contains(PdfFile.Text("fr-FR"), Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.Contains("Title:           Facture EU-2026-FR-77", Poppler.Info(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void A_logo_is_drawn_where_it_can_be_read(byte pngType)
    {
        var logo = Pngs.Make(120, 40, pngType);
        var file = PdfRenderer.Render(Samples.Of("en") with { Branding = new() { Logo = logo, AccentColor = "#c2410c" } });
        Assert.Contains("/Subtype /Image /Width 120 /Height 40", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        AssertTidy(file, PageFormat.A4);
        // Damaged ones change nothing else.
        Assert.DoesNotContain(
            "/Subtype /Image",
            Encoding.Latin1.GetString(PdfRenderer.Render(Samples.Of("en") with { Branding = new() { Logo = logo.AsMemory(0, 60) } })), StringComparison.Ordinal);
    }

    private static BillingDocument Stressed(string language)
    {
        var document = Samples.Of(language);
        var tax = document.Lines[0].Tax;
        var name = string.Concat(Enumerable.Repeat(document.Lines[0].Name, 12));
        var word = new string('W', 300);
        var lines = new List<DocumentLine>
        {
            Samples.Line("1", name, 123_456_789.123456m, "KWH", 0.000000123456789m, 999_999_999_999m, tax, name, word),
            Samples.Line("2", word, -9_999_999_999m, "XYZ", 1m, -9_999_999_999m, tax, name, null, [.. Enumerable.Range(1, 90).Select(i => $"{name} {i}")]),
        };
        return Samples.With(
            document with
            {
                Seller = document.Seller with { Name = name, LegalInformation = name + name },
                Buyer = document.Buyer with { Name = word },
                BuyerReference = word,
                Notes = [.. Enumerable.Range(0, 40).Select(_ => new DocumentNote(name))],
            },
            lines);
    }

    private static void AssertTidy(byte[] file, PageFormat paper)
    {
        var (width, height) = paper == PageFormat.A4 ? (595f, 842f) : (612f, 792f);
        var words = Poppler.Words(file).Where(word => word.Text.Trim().Length > 0).ToList();
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.True(
            word.Left >= 44 && word.Right <= width - 44 && word.Top >= 20 && word.Bottom <= height - 8, $"{word} leaves the page"));
        foreach (var page in words.GroupBy(word => word.Page))
        {
            var ordered = page.OrderBy(word => word.Top).ToList();
            for (var i = 0; i < ordered.Count; i++)
            {
                for (var j = i + 1; j < ordered.Count && ordered[j].Top < ordered[i].Bottom; j++)
                {
                    var (a, b) = (ordered[i], ordered[j]);
                    var across = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
                    var down = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
                    Assert.False(across > 1.5f && down > 0.5f * Math.Min(a.Bottom - a.Top, b.Bottom - b.Top), $"{a} lies on {b}");
                }
            }
        }
    }

    /// <summary>Without marks of direction and with one kind of space.</summary>
    private static string Plain(string text) => string.Concat(text
        .Where(c => c is not (>= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u061C'))
        .Select(c => c is '\u00A0' or '\u202F' ? ' ' : c));

    private static List<string> Streams(byte[] file)
    {
        var streams = new List<string>();
        ReadOnlySpan<byte> rest = file;
        for (var at = rest.IndexOf("stream\n"u8); at >= 0; at = rest.IndexOf("stream\n"u8))
        {
            rest = rest[(at + 7)..];
            if (rest.Length > 2 && rest[0] == 0x78)
            {
                using var packed = new MemoryStream(rest.ToArray());
                using var zip = new ZLibStream(packed, CompressionMode.Decompress);
                using var plain = new MemoryStream();
                zip.CopyTo(plain);
                streams.Add(Encoding.Latin1.GetString(plain.ToArray()));
            }
        }

        return streams;
    }
}
