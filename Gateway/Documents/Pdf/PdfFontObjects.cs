using System.Globalization;
using System.Text;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Embeds the used part of a font as a composite font whose codes are glyph numbers (ISO 32000-1, 9.7).</summary>
internal static class PdfFontObjects
{
    /// <summary>Adds a font and returns the number of its dictionary.</summary>
    public static int Add(PdfFile file, FontInstance font)
    {
        var name = $"{Prefix(font)}+{font.File.Name}";
        var program = FontSubset.Make(font.File, font.Used.Keys);
        var stream = file.AddStream($"/Length1 {PdfFile.Number(program.Length)}", program);
        var descriptor = file.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', font.File.Bounds.Select(b => Scaled(font, b)))}] "
            + $"/ItalicAngle 0 /Ascent {Scaled(font, font.File.Ascender)} /Descent {Scaled(font, font.File.Descender)} "
            + $"/CapHeight {Scaled(font, font.File.UnitsPerEm * 7 / 10)} /StemV 80 /FontFile2 {stream} 0 R >>");
        var descendant = file.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            + $"/Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [{Widths(font)}] >>");
        var map = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode(font)));
        return file.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
            + $"/ToUnicode {map} 0 R >>");
    }

    /// <summary>Six letters that name the subset (9.6.4), from its glyphs.</summary>
    private static string Prefix(FontInstance font)
    {
        var hash = 17u;
        foreach (var glyph in font.Used.Keys)
        {
            hash = unchecked((hash * 31) + (uint)glyph);
        }

        return string.Concat(Enumerable.Range(0, 6).Select(i => (char)('A' + (hash >> (4 * i)) % 16)));
    }

    private static string Widths(FontInstance font) => string.Concat(
        font.Used.Keys.Select(glyph => $"{PdfFile.Number(glyph)} [{Scaled(font, font.File.Advance(glyph))}] "));

    private static string Scaled(FontInstance font, int units) => PdfFile.Number(units * 1000f / font.File.UnitsPerEm);

    private static string ToUnicode(FontInstance font)
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
            + "/Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var part in font.Used.Where(used => used.Value.Length > 0).Chunk(100))
        {
            map.Append(PdfFile.Number(part.Length)).Append(" beginbfchar\n");
            foreach (var (glyph, text) in part)
            {
                map.Append('<').Append(glyph.ToString("X4", CultureInfo.InvariantCulture)).Append("> <")
                    .Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))).Append(">\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }
}
