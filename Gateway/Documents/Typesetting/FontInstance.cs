using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>A font as one rendering uses it, and what it has drawn with it. Not for several threads.</summary>
internal sealed class FontInstance : IDisposable
{
    private readonly Blob _blob;
    private readonly Face _face;

    public FontInstance(FontFile file)
    {
        File = file;
        var pinned = GCHandle.Alloc(file.Data, GCHandleType.Pinned);
        _blob = new Blob(pinned.AddrOfPinnedObject(), file.Data.Length, MemoryMode.ReadOnly, pinned.Free);
        _face = new Face(_blob, 0);
        Shaper = new Font(_face);
        Shaper.SetScale(file.UnitsPerEm, file.UnitsPerEm);
    }

    public FontFile File { get; }

    /// <summary>Scaled to font units.</summary>
    public Font Shaper { get; }

    /// <summary>Drawn glyphs with the text each stands for, for the font's ToUnicode map.</summary>
    public SortedDictionary<int, string> Used { get; } = [];

    /// <summary>Whether the font has the character.</summary>
    public bool Has(int codePoint) => Shaper.TryGetNominalGlyph((uint)codePoint, out var glyph) && glyph != 0;

    public void Dispose()
    {
        Shaper.Dispose();
        _face.Dispose();
        _blob.Dispose();
    }
}
