using System.Buffers.Binary;
using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>Makes a font file that holds only some glyphs. They keep their numbers; what is left out is empty, which costs
/// next to nothing once compressed.</summary>
internal static class FontSubset
{
    /// <summary>A TrueType file with the tables that PDF asks for (ISO 32000-1, 9.9).</summary>
    /// <param name="font">The whole font.</param>
    /// <param name="glyphs">What is used; glyph 0 and parts of composite glyphs come along.</param>
    public static byte[] Make(FontFile font, IEnumerable<int> glyphs)
    {
        var used = WithParts(font, glyphs);
        using var outlines = new MemoryStream();
        var offsets = new byte[4 * (font.GlyphCount + 1)];
        var metrics = new byte[4 * font.GlyphCount];
        for (var glyph = 0; glyph < font.GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(4 * glyph), (int)outlines.Length);
            if (used.Contains(glyph))
            {
                var outline = font.Outline(glyph);
                outlines.Write(outline);
                outlines.Write(new byte[-outline.Length & 3]);
                BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(4 * glyph), (ushort)font.Advance(glyph));
                if (outline.Length > 4)
                {
                    outline.Slice(2, 2).CopyTo(metrics.AsSpan((4 * glyph) + 2));
                }
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(4 * font.GlyphCount), (int)outlines.Length);
        var head = font.Table("head").ToArray();
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = font.Table("hhea").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)font.GlyphCount);
        return Assemble(
        [
            ("glyf", outlines.ToArray()), ("head", head), ("hhea", hhea), ("hmtx", metrics), ("loca", offsets),
            ("maxp", font.Table("maxp").ToArray()),
        ]);
    }

    private static SortedSet<int> WithParts(FontFile font, IEnumerable<int> glyphs)
    {
        var used = new SortedSet<int> { 0 };
        var open = new Stack<int>(glyphs);
        while (open.TryPop(out var glyph))
        {
            if (used.Add(glyph))
            {
                foreach (var part in Parts(font.Outline(glyph)))
                {
                    open.Push(part);
                }
            }
        }

        return used;
    }

    /// <summary>Glyphs that a composite one is made of (OpenType, table glyf, composite glyph description).</summary>
    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        const int ArgumentsAreWords = 0x1;
        const int HasScale = 0x8;
        const int MoreFollow = 0x20;
        const int HasTwoScales = 0x40;
        const int HasMatrix = 0x80;
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
        {
            return parts;
        }

        int flags, at = 10;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2);
            at += (flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0;
        }
        while ((flags & MoreFollow) != 0);
        return parts;
    }

    private static byte[] Assemble(IReadOnlyList<(string Tag, byte[] Data)> tables)
    {
        var offset = 12 + (16 * tables.Count);
        var file = new byte[offset + tables.Sum(table => (table.Data.Length + 3) & ~3)];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(4), (short)tables.Count);
        for (var i = 0; i < tables.Count; i++)
        {
            var (tag, data) = tables[i];
            var entry = file.AsSpan(12 + (16 * i), 16);
            Encoding.ASCII.GetBytes(tag, entry);
            data.CopyTo(file, offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(file.AsSpan(offset, (data.Length + 3) & ~3)));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], data.Length);
            offset += (data.Length + 3) & ~3;
        }

        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var sum = 0u;
        for (var i = 0; i < data.Length; i += 4)
        {
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(data[i..]));
        }

        return sum;
    }
}
