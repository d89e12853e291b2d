using OrleansBilling.Documents.Typesetting;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class TypesettingTests
{
    /// <summary>Latin letters stand for themselves, capitals A to F for Arabic letters, as in the examples of Unicode Standard
    /// Annex 9. Brackets are turned round later, with their glyphs.</summary>
    [Theory]
    [InlineData("car is THE CAR in ARABIC.", false, "car is RAC EHT in CIBARA.")]
    [InlineData("CAR is the WORD.", true, ".DROW is the RAC")]
    [InlineData("PRICE 12.50 EUR", true, "RUE 12.50 ECIRP")]
    [InlineData("NUMBER \u2068a-1/2\u2069 OF 3", true, "3 FO \u2069a-1/2\u2068 REBMUN")]
    [InlineData("NAME (abc) END", true, "DNE )abc( EMAN")]
    [InlineData("PAGE 1-2", true, "2-1 EGAP")]
    public void Text_is_put_in_the_order_it_is_seen(string logical, bool isRightToLeft, string visual)
    {
        var text = string.Concat(logical.Select(c => char.IsAsciiLetterUpper(c) ? (char)(0x0621 + c - 'A') : c));
        var seen = Visual(text, BidiLevels.Of(text, isRightToLeft));
        Assert.Equal(visual, string.Concat(seen.Select(c => c is >= '\u0621' and < '\u0640' ? (char)(c - 0x0621 + 'A') : c)));
    }

    [Theory]
    [InlineData("two words", "two |words")]
    [InlineData("12-13 a-b and/or", "12-13 |a-|b |and/|or")]
    [InlineData("3\u00a0kWh now", "3\u00a0kWh |now")]
    [InlineData("合計（税込）、です。", "合|計|（税|込）、|で|す。")]
    [InlineData("data。「次」", "data。|「次」")]
    public void Lines_end_where_they_may(string text, string pieces) => Assert.Equal(pieces, string.Join('|', LineBreaks.Pieces(text)));

    [Fact]
    public void No_line_is_wider_than_its_box()
    {
        using var fonts = new FontSet("en");
        using var shaper = new Shaper(fonts, "en", false);
        var style = new TextStyle(9, false, new(0, 0, 0));
        var block = TextBlock.Set("A Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft 合計金額合計金額合計金額", style, 60, shaper);
        Assert.True(block.Width <= 60);
        Assert.Equal("A", block.Lines[0]);
        Assert.True(block.Lines.Count > 5);
    }

    [Fact]
    public void Arabic_letters_join_and_accents_stand_on_their_letters()
    {
        using var fonts = new FontSet("ar");
        using var shaper = new Shaper(fonts, "ar", true);
        // Lam and alef are one glyph; alone they are two.
        Assert.Single(Assert.Single(shaper.Line("لا", false)).Glyphs);
        var joined = Assert.Single(shaper.Line("بب", false)).Glyphs;
        Assert.NotEqual(joined[0].Id, joined[1].Id);
    }

    [Theory]
    [InlineData("#ffee00")]
    [InlineData("#ffffff")]
    [InlineData("#1d4e89")]
    public void A_colour_is_darkened_until_it_reads(string text) =>
        Assert.True(Color.Parse(text)!.Value.Readable().ContrastToWhite() >= 4.5);

    private static string Visual(string text, byte[] levels)
    {
        var order = Enumerable.Range(0, text.Length).ToList();
        for (var level = levels.Max(); level > 0; level--)
        {
            for (var i = 0; i < order.Count; i++)
            {
                var end = i;
                while (end < order.Count && levels[order[end]] >= level)
                {
                    end++;
                }

                order.Reverse(i, end - i);
                i = Math.Max(i, end);
            }
        }

        return string.Concat(order.Select(place => text[place]));
    }
}
