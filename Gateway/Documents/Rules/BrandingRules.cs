using System.Text.RegularExpressions;
using OrleansBilling.Documents.Images;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Rules;

/// <summary>What a tenant may put on its documents, part by part, before there is a document.</summary>
public static partial class BrandingRules
{
    /// <summary>Characters of one wording, at most.</summary>
    public const int MaxText = 500;

    /// <summary>Characters of a footer, at most.</summary>
    public const int MaxFooter = 1_000;

    /// <summary>Bytes of a logo, at most.</summary>
    public const int MaxLogoBytes = Logo.MaximumBytes;

    /// <summary>Whether it is a colour like <c>#1d4e89</c>.</summary>
    public static bool IsColor(string text) => Color.Parse(text) is not null;

    /// <summary>What is wrong with the file of a logo, in English; null for one that can be used.</summary>
    /// <param name="file">PNG or JPEG, not empty.</param>
    public static string? LogoProblem(ReadOnlyMemory<byte> file)
    {
        if (file.IsEmpty)
        {
            return "The file is empty.";
        }

        Logo.Read(file, out var problem);
        return problem;
    }

    /// <summary>The media type of a file that <see cref="LogoProblem"/> finds nothing wrong with.</summary>
    public static string? LogoMediaType(ReadOnlyMemory<byte> file) => Logo.Read(file, out _)?.MediaType;

    /// <summary>Whether wording can be given for a language: one of <see cref="LocaleTag.Languages"/>, with a region or without, written as
    /// <c>de</c> or <c>de-AT</c>.</summary>
    public static bool IsLanguage(string tag) =>
        LocaleTag.Languages.Contains(tag.Split('-')[0], StringComparer.Ordinal) && LocaleTag.Parse(tag).ToString() == tag;

    /// <summary>Whether there is a text of that key.</summary>
    public static bool IsKey(string key) => DocumentTexts.Keys.Contains(key);

    /// <summary>The first place in braces that the shipped wording of a key does not have, and so would stay as it is; null for none.</summary>
    public static string? UnknownPlace(string key, string text)
    {
        var shipped = new DocumentTexts(new("en", ""), new Dictionary<string, string>())[key];
        return Places().Matches(text).Select(place => place.Value)
            .FirstOrDefault(place => !shipped.Contains(place, StringComparison.Ordinal));
    }

    /// <summary>Values of a document's language: those of its region, then those of its language.</summary>
    public static Dictionary<string, string> TextsFor(
        IReadOnlyDictionary<string, Dictionary<string, string>> byLanguage, string locale)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in Chain(locale))
        {
            foreach (var (key, text) in byLanguage.GetValueOrDefault(tag) ?? [])
            {
                texts.TryAdd(key, text);
            }
        }

        return texts;
    }

    /// <summary>The footer of a document's language: that of its region, of its language, or the English one; null for none.</summary>
    public static string? FooterFor(IReadOnlyDictionary<string, string> byLanguage, string locale) =>
        Chain(locale).Append("en").Select(tag => byLanguage.GetValueOrDefault(tag)).FirstOrDefault(text => text is not null);

    private static IEnumerable<string> Chain(string locale)
    {
        var tag = LocaleTag.Parse(locale);
        return [tag.ToString(), tag.Language];
    }

    [GeneratedRegex(@"\{[A-Za-z]*\}")]
    private static partial Regex Places();
}
