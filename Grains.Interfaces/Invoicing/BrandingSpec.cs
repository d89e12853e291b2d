namespace OrleansBilling.Contracts.Invoicing;

/// <summary>What a tenant puts on its documents, but for the logo.</summary>
/// <param name="AccentColor">As <c>#rrggbb</c>; null for the shipped one.</param>
/// <param name="LogoText">What the logo says to those who do not see it; null for the seller's name.</param>
/// <param name="Footer">Text at the foot of pages, by language; empty for none.</param>
/// <param name="Texts">Wording in the place of the shipped one, by language and key of the text; empty for none.</param>
[GenerateSerializer, Immutable, Alias("billing.branding-spec")]
public sealed record BrandingSpec(
    [property: Id(0)] string? AccentColor,
    [property: Id(1)] string? LogoText,
    [property: Id(2)] Dictionary<string, string> Footer,
    [property: Id(3)] Dictionary<string, Dictionary<string, string>> Texts)
{
    /// <summary>Documents as they are shipped.</summary>
    public static BrandingSpec None { get; } = new(null, null, [], []);

    /// <summary>Whether both say the same.</summary>
    public static bool Same(BrandingSpec a, BrandingSpec b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.AccentColor == b.AccentColor && a.LogoText == b.LogoText && Same(a.Footer, b.Footer)
            && a.Texts.Count == b.Texts.Count && a.Texts.All(t => b.Texts.TryGetValue(t.Key, out var other) && Same(t.Value, other));
    }

    private static bool Same(Dictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(t => b.TryGetValue(t.Key, out var other) && other == t.Value);
}
