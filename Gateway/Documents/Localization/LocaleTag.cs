namespace OrleansBilling.Documents.Localization;

/// <summary>Language and region of a BCP 47 tag; script, variants and extensions choose nothing here.</summary>
/// <param name="Language">Lower case, one of <see cref="Languages"/>: English where it is another one.</param>
/// <param name="Region">ISO 3166-1 alpha-2 in capitals, or empty.</param>
public sealed record LocaleTag(string Language, string Region)
{
    /// <summary>Languages with wording and formats of their own.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "zh"];

    /// <summary>Reads a tag. What is unknown falls back: a region to its language, a language to English.</summary>
    public static LocaleTag Parse(string tag)
    {
        var parts = tag.Split('-', '_');
        var language = parts[0].ToLowerInvariant();
        if (!Languages.Contains(language, StringComparer.Ordinal))
        {
            return new("en", "");
        }

        var region = parts.Skip(1).TakeWhile(part => part.Length > 1)
            .FirstOrDefault(part => part.Length == 2 && part.All(char.IsAsciiLetter)) ?? "";
        return new(language, region.ToUpperInvariant());
    }

    /// <summary>The tag, e.g. <c>de-AT</c> or <c>de</c>.</summary>
    public override string ToString() => Region.Length == 0 ? Language : $"{Language}-{Region}";
}
