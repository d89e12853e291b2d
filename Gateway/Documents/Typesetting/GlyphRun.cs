namespace OrleansBilling.Documents.Typesetting;

/// <summary>Glyphs of one font that follow each other on the page, from left to right.</summary>
/// <param name="Font">Of all of them.</param>
/// <param name="Glyphs">In the order they stand.</param>
/// <param name="Text">What they say, in reading order.</param>
internal sealed record GlyphRun(FontInstance Font, IReadOnlyList<Glyph> Glyphs, string Text);
