using System.Globalization;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>Text set to a width: no line of it is wider, whatever it says.</summary>
internal sealed class TextBlock
{
    private TextBlock(TextStyle style, IReadOnlyList<string> lines, float width)
    {
        Style = style;
        Lines = lines;
        Width = width;
    }

    public TextStyle Style { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>Of the longest line, in points.</summary>
    public float Width { get; }

    public float Height => Lines.Count * Style.LineHeight;

    /// <summary>Sets a text; line feeds in it begin new lines.</summary>
    public static TextBlock Set(string text, TextStyle style, float width, Shaper shaper)
    {
        var lines = new List<string>();
        if (text.Length > 0)
        {
            foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
            {
                Wrap(Clean(paragraph), style, width, shaper, lines);
            }
        }

        var longest = lines.Count == 0 ? 0 : lines.Max(line => Measure(line, style, shaper));
        return new(style, lines, longest);
    }

    /// <summary>Width of a text in one line, in points.</summary>
    public static float Measure(string text, TextStyle style, Shaper shaper) =>
        shaper.Width(Clean(text), style.IsBold) * style.Size / 1000f;

    private static string Clean(string text) => string.Concat(text.Select(c => c == '\t' ? ' ' : c).Where(c => !char.IsControl(c)));

    private static void Wrap(string paragraph, TextStyle style, float width, Shaper shaper, List<string> lines)
    {
        var line = "";
        foreach (var piece in LineBreaks.Pieces(paragraph).SelectMany(piece => Fitting(piece, style, width, shaper)))
        {
            if (line.Length > 0 && Measure((line + piece).TrimEnd(), style, shaper) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }

            line += piece;
        }

        lines.Add(line.TrimEnd());
    }

    /// <summary>A piece that is wider than the line by itself is cut between characters.</summary>
    private static IEnumerable<string> Fitting(string piece, TextStyle style, float width, Shaper shaper)
    {
        if (Measure(piece.TrimEnd(), style, shaper) <= width)
        {
            yield return piece;
            yield break;
        }

        var start = 0;
        for (var i = 0; i < piece.Length;)
        {
            var next = i + StringInfo.GetNextTextElementLength(piece, i);
            if (i > start && Measure(piece[start..next], style, shaper) > width)
            {
                yield return piece[start..i];
                start = i;
            }

            i = next;
        }

        yield return piece[start..];
    }
}
