using System.Text;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Draws on a page. Places are points from the upper start corner: from the left, or from the right where text runs
/// from right to left, so that one layout serves both.</summary>
/// <param name="index">From 0.</param>
/// <param name="width">Points.</param>
/// <param name="height">Points.</param>
/// <param name="shaper">Its direction is the page's.</param>
internal sealed class PdfPage(int index, float width, float height, Shaper shaper)
{
    private readonly StringBuilder _content = new();

    /// <summary>Owner of each marked content, by its id.</summary>
    public List<PdfElement> Owners { get; } = [];

    public bool HasImage { get; private set; }

    public string Content => _content.ToString();

    /// <summary>A line of text.</summary>
    /// <param name="text">One line.</param>
    /// <param name="style">Size, weight, colour.</param>
    /// <param name="x">Start edge of the box.</param>
    /// <param name="top">Upper edge of the line.</param>
    /// <param name="boxWidth">Width of the box, for text at its end.</param>
    /// <param name="isAtEnd">Whether it stands at the end of the box.</param>
    /// <param name="owner">What it is part of; null for what repeats on pages and is not read out.</param>
    public void Text(string text, TextStyle style, float x, float top, float boxWidth, bool isAtEnd, PdfElement? owner)
    {
        var runs = shaper.Line(text, style.IsBold);
        var measure = runs.Sum(run => run.Glyphs.Sum(glyph => glyph.Advance)) * style.Size / 1000f;
        var start = isAtEnd ? x + boxWidth - measure : x;
        var left = shaper.IsRightToLeft ? width - start - measure : start;
        Mark(owner);
        _content.Append("BT ").Append(Fill(style.Color));
        foreach (var run in runs)
        {
            left = Run(run, style, left, height - top - style.Baseline);
        }

        _content.Append("ET EMC\n");
    }

    /// <summary>All lines of a block, the first at the given height.</summary>
    public void Block(TextBlock block, float x, float top, float boxWidth, bool isAtEnd, PdfElement? owner)
    {
        foreach (var line in block.Lines)
        {
            Text(line, block.Style, x, top, boxWidth, isAtEnd, owner);
            top += block.Style.LineHeight;
        }
    }

    /// <summary>A filled rectangle, which is not read out.</summary>
    public void Box(float x, float top, float boxWidth, float boxHeight, Color color)
    {
        var left = shaper.IsRightToLeft ? width - x - boxWidth : x;
        _content.Append("/Artifact BMC ").Append(Fill(color))
            .Append(Join(left, height - top - boxHeight, boxWidth, boxHeight)).Append("re f EMC\n");
    }

    /// <summary>The logo.</summary>
    public void Image(float x, float top, float boxWidth, float boxHeight, PdfElement owner)
    {
        var left = shaper.IsRightToLeft ? width - x - boxWidth : x;
        Mark(owner);
        _content.Append("q ").Append(Join(boxWidth, 0, 0, boxHeight, left, height - top - boxHeight)).Append("cm /Logo Do Q EMC\n");
        HasImage = true;
    }

    private void Mark(PdfElement? owner)
    {
        if (owner is null)
        {
            _content.Append("/Artifact BMC ");
            return;
        }

        owner.Kids.Add(new PdfContentMark(index, Owners.Count));
        _content.Append('/').Append(owner.Type).Append(" << /MCID ").Append(PdfFile.Number(Owners.Count)).Append(" >> BDC ");
        Owners.Add(owner);
    }

    private float Run(GlyphRun run, TextStyle style, float left, float baseline)
    {
        var needsText = !RememberTexts(run);
        if (needsText)
        {
            _content.Append("/Span << /ActualText ").Append(PdfFile.Text(run.Text)).Append(" >> BDC ");
        }

        _content.Append('/').Append(run.Font.File.Name).Append(' ').Append(PdfFile.Number(style.Size)).Append(" Tf ");
        var i = 0;
        while (i < run.Glyphs.Count)
        {
            var shift = run.Glyphs[i].Y * style.Size / 1000f;
            _content.Append(Join(1, 0, 0, 1, left, baseline + shift)).Append("Tm [");
            var y = run.Glyphs[i].Y;
            for (; i < run.Glyphs.Count && run.Glyphs[i].Y == y; i++)
            {
                left += Show(run.Font, run.Glyphs[i]) * style.Size / 1000f;
            }

            _content.Append("] TJ ");
        }

        if (needsText)
        {
            _content.Append("EMC ");
        }

        return left;
    }

    /// <summary>A glyph with what its shift and its advance differ from the width the font states.</summary>
    private float Show(FontInstance font, Glyph glyph)
    {
        var stated = font.File.Advance(glyph.Id) * 1000f / font.File.UnitsPerEm;
        Adjust(-glyph.X);
        _content.Append('<').Append(glyph.Id.ToString("X4", System.Globalization.CultureInfo.InvariantCulture)).Append('>');
        Adjust(stated - glyph.Advance + glyph.X);
        return glyph.Advance;
    }

    private void Adjust(float amount)
    {
        if (MathF.Abs(amount) > 0.05f)
        {
            _content.Append(PdfFile.Number(amount));
        }
    }

    /// <summary>Notes what glyphs stand for. False where a glyph stands for another text already, or several glyphs for one
    /// character: then the text is written beside them.</summary>
    private static bool RememberTexts(GlyphRun run)
    {
        var isPlain = true;
        foreach (var glyph in run.Glyphs)
        {
            if (run.Font.Used.TryAdd(glyph.Id, glyph.Text))
            {
                isPlain &= glyph.Text.Length > 0;
            }
            else
            {
                isPlain &= run.Font.Used[glyph.Id] == glyph.Text && glyph.Text.Length > 0;
            }
        }

        return isPlain;
    }

    private static string Fill(Color color) => Join(color.Red / 255f, color.Green / 255f, color.Blue / 255f) + "rg ";

    private static string Join(params ReadOnlySpan<float> numbers)
    {
        var text = new StringBuilder();
        foreach (var number in numbers)
        {
            text.Append(PdfFile.Number(number)).Append(' ');
        }

        return text.ToString();
    }
}
