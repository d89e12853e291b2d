using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>The table of lines, over as many pages as it takes: its head is repeated, and so is the sum so far.</summary>
internal sealed class PdfLines
{
    private const float Gap = 10;
    private const float Padding = 3f;

    private readonly PdfLayout _layout;
    private readonly BillingDocument _document;
    private readonly PdfElement _table;
    private readonly float[] _widths;
    private decimal _sum;

    public PdfLines(PdfLayout layout, BillingDocument document)
    {
        _layout = layout;
        _document = document;
        _table = layout.Structure.Add("Table");
        _widths = Widths();
    }

    private static float CarryHeight => PdfStyles.Body.LineHeight + (2 * Padding);

    public void Draw()
    {
        _layout.Need(80);
        DrawHead(isFirst: true);
        var rows = _layout.Content.Rows;
        for (var i = 0; i < rows.Count; i++)
        {
            var needed = Height(rows[i]) + (rows[i].Kind == ContentRowKind.Group && i + 1 < rows.Count ? Height(rows[i + 1]) : 0);
            var room = _layout.Left - CarryHeight;
            if (needed > room && (needed <= _layout.FullPage - (3 * CarryHeight) || room < 60))
            {
                TurnPage();
            }

            DrawRow(rows[i]);
            _sum += rows[i].Net;
        }

        _layout.Top += 10;
    }

    private static TextStyle Style(ContentRow row) =>
        row.Kind is ContentRowKind.Line or ContentRowKind.Adjustment ? PdfStyles.Body : PdfStyles.BodyBold;

    /// <summary>Numbers get what they need, but leave half of the page to the description.</summary>
    private float[] Widths()
    {
        var content = _layout.Content;
        float Widest(int column, Func<ContentRow, string> text, float least) => Math.Max(least, content.Rows
            .Select(row => TextBlock.Measure(text(row), Style(row), _layout.Shaper))
            .Append(TextBlock.Measure(content.Columns[column], PdfStyles.Label, _layout.Shaper))
            .Max());
        var carried = _layout.Content.Format.Amount(_document.Totals.LineTotal, _document.Currency);
        float[] numbers =
        [
            Math.Min(Widest(1, row => row.Quantity, 40), 100), Math.Min(Widest(2, row => row.Price, 40), 92),
            Math.Min(Widest(3, row => row.Tax, 24), 60),
            Math.Min(Math.Max(Widest(4, row => row.Amount, 50), TextBlock.Measure(carried, PdfStyles.BodyBold, _layout.Shaper)), 130),
        ];
        var room = (_layout.Width * 0.66f) - (4 * Gap);
        var scale = Math.Min(1, room / numbers.Sum());
        numbers = [.. numbers.Select(width => width * scale)];
        return [_layout.Width - numbers.Sum() - (4 * Gap), .. numbers];
    }

    private float X(int column) => PdfLayout.Margin + _widths.Take(column).Sum() + (column * Gap);

    private void DrawHead(bool isFirst)
    {
        var row = isFirst ? _table.Add("TR") : null;
        var cells = _layout.Content.Columns.Select((text, i) => _layout.Set(text, PdfStyles.Label, _widths[i])).ToList();
        var height = cells.Max(cell => cell.Height);
        for (var i = 0; i < cells.Count; i++)
        {
            _layout.Page.Block(cells[i], X(i), _layout.Top + height - cells[i].Height, _widths[i], i > 0 && _layout.IsNumberAtEnd, row?.Add("TH"));
        }

        _layout.Page.Box(PdfLayout.Margin, _layout.Top + height + 3, _layout.Width, 1.2f, _layout.Styles.Accent);
        _layout.Top += height + 6;
    }

    private void TurnPage()
    {
        var sum = _layout.Content.Format.Amount(_sum, _document.Currency);
        DrawCarry(_layout.Content.Texts["page.carriedForward"], sum);
        _layout.AddPage();
        DrawHead(isFirst: false);
        DrawCarry(_layout.Content.Texts["page.broughtForward"], sum);
    }

    /// <summary>The sum so far is of the page, not of the table: it is not read out.</summary>
    private void DrawCarry(string label, string sum)
    {
        var width = _layout.Width - _widths[4] - Gap;
        var text = _layout.Set(label, PdfStyles.Small, width).Lines[0];
        _layout.Page.Text(text, PdfStyles.Small, PdfLayout.Margin, _layout.Top + Padding, width, true, null);
        _layout.Page.Block(_layout.Set(sum, PdfStyles.BodyBold, _widths[4]), X(4), _layout.Top + Padding - 1, _widths[4], _layout.IsNumberAtEnd, null);
        _layout.Top += CarryHeight;
        _layout.Page.Box(PdfLayout.Margin, _layout.Top, _layout.Width, 0.5f, PdfStyles.Hairline);
    }

    private float Height(ContentRow row)
    {
        var (texts, numbers) = Cells(row);
        return Math.Max(texts.Sum(text => text.Height), numbers.Max(cell => cell.Height)) + (2 * Padding);
    }

    private (List<TextBlock> Texts, List<TextBlock> Numbers) Cells(ContentRow row)
    {
        var width = row.Kind == ContentRowKind.Line ? _widths[0] : _layout.Width - _widths[4] - Gap;
        var texts = new List<TextBlock> { _layout.Set(row.Name, Style(row), width) };
        texts.AddRange(row.Notes.Select(note => _layout.Set(note, PdfStyles.Small, width)));
        string[] numbers = [row.Quantity, row.Price, row.Tax, row.Amount];
        return (texts, [.. numbers.Select((text, i) => _layout.Set(text, Style(row), _widths[i + 1]))]);
    }

    private void DrawRow(ContentRow row)
    {
        var (texts, numbers) = Cells(row);
        var element = _table.Add("TR");
        if (row.Kind == ContentRowKind.Group)
        {
            _layout.Top += 4;
            _layout.Page.Box(PdfLayout.Margin, _layout.Top, _layout.Width, Height(row) - 1, _layout.Styles.Accent.Tint(5));
        }

        _layout.Top += Padding;
        var start = _layout.Top;
        var first = element.Add("TD");
        var page = _layout.Page;
        var others = numbers.Select(_ => element.Add("TD")).ToList();
        for (var i = 0; i < numbers.Count; i++)
        {
            page.Block(numbers[i], X(i + 1), start, _widths[i + 1], _layout.IsNumberAtEnd, others[i]);
        }

        DrawTexts(texts, row, first);
        var numbersEnd = start + numbers.Max(cell => cell.Height);
        _layout.Top = (page == _layout.Page ? Math.Max(_layout.Top, numbersEnd) : _layout.Top) + Padding;
        if (row.Kind != ContentRowKind.Group)
        {
            _layout.Page.Box(PdfLayout.Margin, _layout.Top, _layout.Width, 0.5f, PdfStyles.Hairline);
        }
    }

    /// <summary>Line by line, as a description may be longer than a page.</summary>
    private void DrawTexts(List<TextBlock> texts, ContentRow row, PdfElement owner)
    {
        var isSum = row.Kind == ContentRowKind.Subtotal;
        var width = row.Kind == ContentRowKind.Line ? _widths[0] : _layout.Width - _widths[4] - Gap;
        var x = row.Kind == ContentRowKind.Group ? PdfLayout.Margin + 6 : PdfLayout.Margin;
        foreach (var text in texts)
        {
            foreach (var line in text.Lines)
            {
                if (text.Style.LineHeight + CarryHeight + Padding > _layout.Left)
                {
                    TurnPage();
                    _layout.Top += Padding;
                }

                _layout.Page.Text(line, text.Style, x, _layout.Top, width, isSum, owner);
                _layout.Top += text.Style.LineHeight;
            }
        }
    }
}
