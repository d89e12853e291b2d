using System.Globalization;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>A colour of sRGB, parts from 0 to 255.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>; null for anything else.</summary>
    public static Color? Parse(string? text) =>
        text is { Length: 7 } && text[0] == '#'
        && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Color((byte)(value >> 16), (byte)((value >> 8) & 255), (byte)(value & 255))
            : null;

    /// <summary>The colour, darkened until it has the contrast to white that WCAG 2.1 asks of text (4.5:1).</summary>
    public Color Readable()
    {
        var color = this;
        while (color.ContrastToWhite() < 4.5)
        {
            color = new((byte)(color.Red * 19 / 20), (byte)(color.Green * 19 / 20), (byte)(color.Blue * 19 / 20));
        }

        return color;
    }

    /// <summary>Mixed into white.</summary>
    /// <param name="percent">How much of the colour.</param>
    public Color Tint(int percent)
    {
        byte Mix(byte part) => (byte)(255 - ((255 - part) * percent / 100));
        return new(Mix(Red), Mix(Green), Mix(Blue));
    }

    /// <summary>From 1 to 21, by WCAG 2.1, relative luminance.</summary>
    public double ContrastToWhite()
    {
        static double Linear(byte part)
        {
            var value = part / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 1.05 / ((0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue)) + 0.05);
    }

    /// <summary>As <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
