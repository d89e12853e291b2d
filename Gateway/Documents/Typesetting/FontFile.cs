using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>A shipped TrueType font: its bytes, and the tables that measuring and embedding need. Source of the layout:
/// OpenType 1.9. Instances are shared and never change.</summary>
internal sealed class FontFile
{
    private static readonly ConcurrentDictionary<string, Lazy<FontFile>> Known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (int Offset, int Length)> _tables = new(StringComparer.Ordinal);
    private readonly int _longMetrics;
    private readonly bool _longOffsets;

    private FontFile(string name, byte[] data)
    {
        Name = name;
        Data = data;
        for (var i = 0; i < UInt16(4); i++)
        {
            var entry = 12 + (16 * i);
            _tables[Encoding.ASCII.GetString(data, entry, 4)] = (Int32(entry + 8), Int32(entry + 12));
        }

        UnitsPerEm = UInt16(At("head") + 18);
        _longOffsets = UInt16(At("head") + 50) == 1;
        Ascender = Int16(At("hhea") + 4);
        Descender = Int16(At("hhea") + 6);
        _longMetrics = UInt16(At("hhea") + 34);
        GlyphCount = UInt16(At("maxp") + 4);
        Bounds = [.. Enumerable.Range(0, 4).Select(i => Int16(At("head") + 36 + (2 * i)))];
    }

    /// <summary>E.g. <c>NotoSans-Bold</c>; also its PostScript name.</summary>
    public string Name { get; }

    public byte[] Data { get; }

    public int UnitsPerEm { get; }

    public int Ascender { get; }

    /// <summary>Below zero.</summary>
    public int Descender { get; }

    public int GlyphCount { get; }

    /// <summary>xMin, yMin, xMax, yMax over all glyphs, in font units.</summary>
    public IReadOnlyList<int> Bounds { get; }

    /// <summary>The file of a name, unpacked once.</summary>
    public static FontFile Get(string name) => Known.GetOrAdd(name, key => new(() => Load(key))).Value;

    /// <summary>Width of a glyph in font units.</summary>
    public int Advance(int glyph) => UInt16(At("hmtx") + (4 * Math.Min(glyph, _longMetrics - 1)));

    /// <summary>The outline of a glyph; empty where it has none.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var (start, end) = (GlyphOffset(glyph), GlyphOffset(glyph + 1));
        return Data.AsSpan(At("glyf") + start, end - start);
    }

    /// <summary>The bytes of a table.</summary>
    public ReadOnlySpan<byte> Table(string tag) => Data.AsSpan(_tables[tag].Offset, _tables[tag].Length);

    private static FontFile Load(string name)
    {
        using var stream = typeof(FontFile).Assembly.GetManifestResourceStream($"fonts/{name}.ttf.br")
            ?? throw new InvalidOperationException($"The embedded font {name} is missing.");
        using var unpacked = new BrotliStream(stream, CompressionMode.Decompress);
        using var data = new MemoryStream();
        unpacked.CopyTo(data);
        return new(name, data.ToArray());
    }

    private int GlyphOffset(int glyph) => _longOffsets ? Int32(At("loca") + (4 * glyph)) : 2 * UInt16(At("loca") + (2 * glyph));

    private int At(string tag) => _tables[tag].Offset;

    private int UInt16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(offset));

    private int Int16(int offset) => BinaryPrimitives.ReadInt16BigEndian(Data.AsSpan(offset));

    private int Int32(int offset) => BinaryPrimitives.ReadInt32BigEndian(Data.AsSpan(offset));
}
