namespace OrleansBilling.Documents;

/// <summary>What a tenant puts on pages of its own. Nothing of it changes the e-invoice, except the wording of exemption
/// reasons.</summary>
public sealed record Branding
{
    /// <summary>Colour of headings, rules and the amount due as <c>#rrggbb</c>; text in it is darkened until it reads
    /// on white (contrast 4.5:1, WCAG 2.1 SC 1.4.3).</summary>
    public string? AccentColor { get; init; }

    /// <summary>A PNG or JPEG, at most 1 MiB; it is fitted into the head of the first page.</summary>
    public ReadOnlyMemory<byte> Logo { get; init; }

    /// <summary>What the logo says to those who do not see it; the seller's name when null.</summary>
    public string? LogoText { get; init; }

    /// <summary>Wording that replaces the shipped one, by text key, e.g. <c>title.invoice</c>; for the document's language.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>At the foot of every page, in the document's language; null for the seller's legal information.</summary>
    public string? Footer { get; init; }
}
