using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Images;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Pages that are filled from the top, and where the next thing goes.</summary>
internal sealed class PdfLayout
{
    public const float Margin = 46;
    private const float FooterGap = 10;

    private readonly List<PdfPage> _pages = [];
    private readonly TextBlock _footer;

    public PdfLayout(PageContent content, PageFormat format, PdfStyles styles, Shaper shaper, Logo? logo)
    {
        (PageWidth, PageHeight) = format == PageFormat.Letter ? (612f, 792f) : (595.276f, 841.89f);
        Content = content;
        Styles = styles;
        Shaper = shaper;
        Logo = logo;
        _footer = TextBlock.Set(content.Footer, PdfStyles.Small, Width - 110, shaper);
        Bottom = PageHeight - 34 - Math.Max(PdfStyles.Small.LineHeight, _footer.Height) - FooterGap;
        AddPage();
    }

    public float PageWidth { get; }

    public float PageHeight { get; }

    /// <summary>Between the margins.</summary>
    public float Width => PageWidth - (2 * Margin);

    /// <summary>Below it only the footer stands.</summary>
    public float Bottom { get; }

    public PageContent Content { get; }

    public PdfStyles Styles { get; }

    public Shaper Shaper { get; }

    public Logo? Logo { get; }

    public PdfElement Structure { get; } = PdfElement.Root();

    public IReadOnlyList<PdfPage> Pages => _pages;

    public PdfPage Page => _pages[^1];

    /// <summary>Where the next thing begins.</summary>
    public float Top { get; set; }

    /// <summary>Room that is left on the page.</summary>
    public float Left => Bottom - Top;

    /// <summary>Room on a page without anything but its head.</summary>
    public float FullPage => Bottom - (Margin + 24);

    public TextBlock Set(string text, TextStyle style, float width) => TextBlock.Set(text, style, width, Shaper);

    /// <summary>A new page, with the document's number in its head.</summary>
    public void AddPage()
    {
        _pages.Add(new(_pages.Count, PageWidth, PageHeight, Shaper));
        Top = Margin;
        if (_pages.Count > 1)
        {
            var width = (Width - 20) / 2;
            var name = Set(Content.Seller.Name, PdfStyles.Label, width).Lines[0];
            Page.Text(name, PdfStyles.Label, Margin, Top - 14, width, false, null);
            var number = Set($"{Content.Title} {Isolated(Content.Number)}", PdfStyles.Small, width).Lines[0];
            Page.Text(number, PdfStyles.Small, Margin + width + 20, Top - 14, width, true, null);
            Page.Box(Margin, Top, Width, 0.6f, PdfStyles.Hairline);
            Top += 14;
        }
    }

    /// <summary>Makes room; on a new page where there is none.</summary>
    public void Need(float height)
    {
        if (height > Left && Top > Margin + 30)
        {
            AddPage();
        }
    }

    /// <summary>A paragraph over several pages if need be.</summary>
    public void Paragraph(string text, TextStyle style, float width, string tag = "P")
    {
        var block = Set(text, style, width);
        var owner = Structure.Add(tag);
        foreach (var line in block.Lines)
        {
            Need(style.LineHeight);
            Page.Text(line, style, Margin, Top, width, false, owner);
            Top += style.LineHeight;
        }
    }

    /// <summary>Rows of names and values. The values stand in a column, and are cut to lines of their own where they are
    /// long.</summary>
    public void Facts(IReadOnlyList<Fact> facts, float x, float width, PdfElement parent)
    {
        if (facts.Count == 0)
        {
            return;
        }

        var widest = facts.Max(fact => TextBlock.Measure(fact.Label, PdfStyles.Small, Shaper)) + 10;
        var labelWidth = Math.Min(widest, width * 0.56f);
        foreach (var fact in facts)
        {
            var label = Set(fact.Label, PdfStyles.Small, labelWidth - 8);
            var value = Set(fact.Value, PdfStyles.Body, width - labelWidth);
            var height = Math.Max(label.Height, value.Height) + 1.5f;
            Need(height);
            var owner = parent.Add("P");
            Page.Block(label, x, Top + 1.2f, labelWidth, false, owner);
            Page.Block(value, x + labelWidth, Top, width - labelWidth, false, owner);
            Top += height;
        }
    }

    /// <summary>Footers, once it is known how many pages there are.</summary>
    public void Finish()
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var top = Bottom + FooterGap;
            _pages[i].Box(Margin, top - 4, Width, 0.6f, PdfStyles.Hairline);
            _pages[i].Block(_footer, Margin, top, Width - 110, false, null);
            var place = Content.Texts.Page(i + 1, _pages.Count, Content.Format);
            _pages[i].Text(Set(place, PdfStyles.Small, 100).Lines[0], PdfStyles.Small, Margin + Width - 100, top, 100, true, null);
        }
    }

    /// <summary>Where numbers stand in their column: at the right in both directions, so that their digits line up.</summary>
    public bool IsNumberAtEnd => !Shaper.IsRightToLeft;

    /// <summary>A number or code that keeps its own direction inside a sentence.</summary>
    public string Isolated(string text) => Shaper.IsRightToLeft ? $"\u2068{text}\u2069" : text;
}
