using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>Turns text into glyphs in the order they stand on the page.</summary>
/// <param name="fonts">To choose from.</param>
/// <param name="language">BCP 47, e.g. for Polish accents.</param>
/// <param name="isRightToLeft">Direction of paragraphs.</param>
internal sealed class Shaper(FontSet fonts, string language, bool isRightToLeft) : IDisposable
{
    private readonly Dictionary<(string Text, bool IsBold), float> _widths = [];
    private readonly Language _language = new(language);

    public bool IsRightToLeft => isRightToLeft;

    public FontSet Fonts => fonts;

    /// <summary>Width of a text on a line of its own, in thousandths of the font size.</summary>
    public float Width(string text, bool isBold)
    {
        if (!_widths.TryGetValue((text, isBold), out var width))
        {
            _widths[(text, isBold)] = width = Line(text, isBold).Sum(run => run.Glyphs.Sum(glyph => glyph.Advance));
        }

        return width;
    }

    public void Dispose() => _language.Dispose();

    /// <summary>A line, from left to right.</summary>
    public IReadOnlyList<GlyphRun> Line(string text, bool isBold)
    {
        var levels = BidiLevels.Of(text, isRightToLeft);
        var parts = new List<(byte Level, FontInstance Font, int Start, int Length)>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && levels[end] == levels[start])
            {
                end++;
            }

            parts.AddRange(fonts.Itemize(text, start, end - start, isBold)
                .Select(part => (levels[start], part.Font, part.Start, part.Length)));
            start = end;
        }

        return [.. Visual(parts).Select(part => Shape(text, part.Font, part.Start, part.Length, part.Level % 2 == 1))];
    }

    /// <summary>Rule L2: from the highest level down, what is at or above it is turned round.</summary>
    private static List<(byte Level, FontInstance Font, int Start, int Length)> Visual(
        List<(byte Level, FontInstance Font, int Start, int Length)> parts)
    {
        var highest = parts.Count == 0 ? 0 : parts.Max(part => part.Level);
        for (var level = highest; level > 0; level--)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                var end = i;
                while (end < parts.Count && parts[end].Level >= level)
                {
                    end++;
                }

                if (end > i)
                {
                    parts.Reverse(i, end - i);
                    i = end;
                }
            }
        }

        return parts;
    }

    private GlyphRun Shape(string text, FontInstance font, int start, int length, bool isReversed)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text.AsSpan(), start, length);
        buffer.GuessSegmentProperties();
        buffer.Language = _language;
        buffer.Direction = isReversed ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Flags |= BufferFlags.RemoveDefaultIgnorables;
        font.Shaper.Shape(buffer);
        var infos = buffer.GlyphInfos;
        var positions = buffer.GlyphPositions;
        var scale = 1000f / font.File.UnitsPerEm;
        var clusters = infos.Select(info => (int)info.Cluster).Distinct().Order().ToList();
        var glyphs = new Glyph[infos.Length];
        var seen = new HashSet<int>();
        for (var i = 0; i < infos.Length; i++)
        {
            var cluster = (int)infos[i].Cluster;
            var next = clusters.BinarySearch(cluster) + 1;
            var end = next < clusters.Count ? clusters[next] : start + length;
            glyphs[i] = new(
                (int)infos[i].Codepoint, positions[i].XAdvance * scale, positions[i].XOffset * scale, positions[i].YOffset * scale,
                seen.Add(cluster) ? text[cluster..end] : "");
        }

        return new(font, glyphs, text.Substring(start, length));
    }
}
