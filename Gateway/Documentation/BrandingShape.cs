namespace OrleansBilling.Gateway.Documentation;

/// <summary>What a tenant puts on its documents.</summary>
/// <param name="AccentColor">Of headings, rules and the amount due, such as #1d4e89; text in it is darkened until it reads on white.</param>
/// <param name="LogoText">What the logo says to those who do not see it; the seller's name when left out.</param>
/// <param name="Footer">Text at the foot of pages, by language (de, or de-AT); at most 1,000 characters each.</param>
/// <param name="Texts">Wording in the place of the shipped one, by language and key of Gateway/Documents/Texts/en.json; at most 500 characters
/// each.</param>
internal sealed record BrandingShape(
    string? AccentColor, string? LogoText, Dictionary<string, string>? Footer, Dictionary<string, Dictionary<string, string>>? Texts);
