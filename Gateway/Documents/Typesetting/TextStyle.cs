namespace OrleansBilling.Documents.Typesetting;

/// <summary>How text looks.</summary>
/// <param name="Size">In points.</param>
/// <param name="IsBold">Weight.</param>
/// <param name="Color">Of the glyphs.</param>
internal sealed record TextStyle(float Size, bool IsBold, Color Color)
{
    /// <summary>From one baseline to the next: Arabic and CJK need more than Latin alone would.</summary>
    public float LineHeight => MathF.Round(Size * 1.38f, 2);

    /// <summary>From the top of the line to its baseline.</summary>
    public float Baseline => MathF.Round(Size * 1.04f, 2);
}
