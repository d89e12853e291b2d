using System.Globalization;
using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>The fonts of one rendering, in the order they are asked for a character.</summary>
internal sealed class FontSet : IDisposable
{
    private readonly Dictionary<string, FontInstance> _open = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _families;

    /// <param name="language">Japanese and Chinese write many of the same characters with other shapes.</param>
    public FontSet(string language) => _families = language switch
    {
        "zh" => ["NotoSans", "NotoSansSC", "NotoSansJP", "NotoSansArabic"],
        "ar" => ["NotoSansArabic", "NotoSans", "NotoSansJP", "NotoSansSC"],
        _ => ["NotoSans", "NotoSansArabic", "NotoSansJP", "NotoSansSC"],
    };

    /// <summary>Fonts that were used, by name.</summary>
    public IEnumerable<FontInstance> Used =>
        _open.Values.Where(font => font.Used.Count > 0).OrderBy(font => font.File.Name, StringComparer.Ordinal);

    /// <summary>The font that lines are as high as.</summary>
    public FontInstance Main(bool isBold) => Open(_families[0], isBold);

    /// <summary>Cuts a text into parts that one font can show. A space or mark stays with the font before it.</summary>
    public List<(FontInstance Font, int Start, int Length)> Itemize(string text, int start, int length, bool isBold)
    {
        var parts = new List<(FontInstance Font, int Start, int Length)>();
        for (var i = start; i < start + length;)
        {
            var size = Math.Min(StringInfo.GetNextTextElementLength(text, i), start + length - i);
            var element = text.AsSpan(i, size);
            var previous = parts.Count > 0 ? parts[^1].Font : null;
            var font = previous is not null && IsNeutral(element) && HasAll(previous, element) ? previous : Choose(element, isBold);
            if (font == previous)
            {
                parts[^1] = parts[^1] with { Length = parts[^1].Length + size };
            }
            else
            {
                parts.Add((font, i, size));
            }

            i += size;
        }

        return parts;
    }

    /// <summary>Characters of a text that no font shows.</summary>
    public IEnumerable<Rune> Missing(string text) => text.EnumerateRunes().Where(rune =>
        !IsIgnorable(rune) && !_families.Any(family => Open(family, false).Has(rune.Value)));

    public void Dispose()
    {
        foreach (var font in _open.Values)
        {
            font.Dispose();
        }
    }

    /// <summary>Characters that draw nothing.</summary>
    public static bool IsIgnorable(Rune rune) => rune.Value is 9 or 10 or 13 or 0xAD
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is >= 0xFE00 and <= 0xFE0F;

    private static bool IsNeutral(ReadOnlySpan<char> element) => element.Length == 1 && element[0] is ' ' or '\u00A0' or '\u202F';

    private static bool HasAll(FontInstance font, ReadOnlySpan<char> element)
    {
        foreach (var rune in element.EnumerateRunes())
        {
            if (!IsIgnorable(rune) && !font.Has(rune.Value))
            {
                return false;
            }
        }

        return true;
    }

    private FontInstance Choose(ReadOnlySpan<char> element, bool isBold)
    {
        foreach (var family in _families)
        {
            var font = Open(family, isBold);
            if (HasAll(font, element))
            {
                return font;
            }
        }

        return Main(isBold);
    }

    private FontInstance Open(string family, bool isBold)
    {
        var name = family + (isBold ? "-Bold" : "-Regular");
        if (!_open.TryGetValue(name, out var font))
        {
            _open[name] = font = new(FontFile.Get(name));
        }

        return font;
    }
}
