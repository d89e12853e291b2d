namespace OrleansBilling.Documents.Typesetting;

/// <summary>A glyph, measured in thousandths of the font size.</summary>
/// <param name="Id">In its font.</param>
/// <param name="Advance">To the next one.</param>
/// <param name="X">Shift to the right when drawn.</param>
/// <param name="Y">Shift upwards when drawn.</param>
/// <param name="Text">What it stands for; empty for all but the first of a cluster.</param>
internal readonly record struct Glyph(int Id, float Advance, float X, float Y, string Text);
