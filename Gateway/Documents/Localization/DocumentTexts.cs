using System.Collections.Concurrent;
using System.Globalization;

namespace OrleansBilling.Documents.Localization;

/// <summary>
/// Wording by key. What is looked at first: the tenant's overrides, the region's file (<c>Texts/de-AT.json</c>), the
/// language's (<c>Texts/de.json</c>), English.
/// </summary>
public sealed class DocumentTexts
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, string>?> Files = new(StringComparer.Ordinal);

    private readonly List<IReadOnlyDictionary<string, string>> _chain = [];
    private readonly bool _isolate;

    /// <param name="tag">Language and region.</param>
    /// <param name="overrides">Of the tenant, by key; keys that do not exist have no effect.</param>
    public DocumentTexts(LocaleTag tag, IReadOnlyDictionary<string, string> overrides)
    {
        _isolate = tag.Language == "ar";
        _chain.Add(overrides);
        foreach (var name in new[] { tag.ToString(), tag.Language, "en" }.Distinct(StringComparer.Ordinal))
        {
            if (File(name) is { } texts)
            {
                _chain.Add(texts);
            }
        }
    }

    /// <summary>Every key that can be overridden.</summary>
    public static IReadOnlyCollection<string> Keys => File("en")!.Keys;

    /// <summary>The wording of a key.</summary>
    /// <exception cref="KeyNotFoundException">No such key.</exception>
    public string this[string key]
    {
        get
        {
            foreach (var texts in _chain)
            {
                if (texts.TryGetValue(key, out var text))
                {
                    return text;
                }
            }

            throw new KeyNotFoundException($"There is no text '{key}'.");
        }
    }

    /// <summary>The wording with <c>{name}</c> replaced. Where text runs from right to left, what is put in is isolated, so that
    /// it keeps its own direction and does not turn what stands beside it (Unicode Standard Annex 9, FSI and PDI).</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", _isolate ? $"\u2068{value}\u2069" : value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A page's place, in the locale's digits.</summary>
    internal string Page(int page, int pages, LocaleFormat format) => Format(
        "page.number",
        ("page", format.Digits(page.ToString(CultureInfo.InvariantCulture))),
        ("pages", format.Digits(pages.ToString(CultureInfo.InvariantCulture))));

    private static Dictionary<string, string>? File(string name) =>
        // Only names of files that exist are kept: the region of a tag can be anything.
        Files.TryGetValue(name, out var known) ? known : LocaleData.TextsOf(name) is { } texts ? Files.GetOrAdd(name, texts) : null;
}
