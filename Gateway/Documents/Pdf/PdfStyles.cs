using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Type and colour of all parts of a document.</summary>
internal sealed class PdfStyles
{
    private static readonly Color Default = new(0x1D, 0x4E, 0x89);

    public PdfStyles(Branding branding)
    {
        Accent = (Color.Parse(branding.AccentColor) ?? Default).Readable();
        Title = new(21, true, Accent);
        Due = new(12, true, Accent);
        Headline = new(19, true, Accent);
    }

    public static Color Ink { get; } = new(0x1B, 0x20, 0x28);

    public static Color Muted { get; } = new(0x58, 0x61, 0x6D);

    public static Color Hairline { get; } = new(0xDD, 0xE1, 0xE6);

    public static TextStyle Body { get; } = new(9, false, Ink);

    public static TextStyle BodyBold { get; } = new(9, true, Ink);

    public static TextStyle Small { get; } = new(7.8f, false, Muted);

    public static TextStyle Label { get; } = new(7.8f, true, Muted);

    public static TextStyle Brand { get; } = new(13, true, Ink);

    public static TextStyle Section { get; } = new(10, true, Ink);

    public Color Accent { get; }

    public TextStyle Title { get; }

    public TextStyle Headline { get; }

    public TextStyle Due { get; }
}
