using System.Text.Json.Nodes;

namespace OrleansBilling.Documents.Localization;

/// <summary>The embedded files: formats of the Unicode CLDR in <c>Locales</c>, wording in <c>Texts</c>.</summary>
internal static class LocaleData
{
    private static readonly Lazy<Dictionary<string, JsonObject>> Formats = new(() => LocaleTag.Languages.ToDictionary(
        language => language,
        language => Read($"locales/{language}.json") ?? throw new InvalidOperationException($"No formats of '{language}'."),
        StringComparer.Ordinal));

    /// <summary>Formats of a language, those of the region where they differ.</summary>
    public static JsonObject FormatsOf(LocaleTag tag)
    {
        var merged = Formats.Value[tag.Language].DeepClone().AsObject();
        if (merged["regions"]?[tag.Region] is JsonObject own)
        {
            foreach (var (name, value) in own)
            {
                Merge(merged, name, value);
            }
        }

        return merged;
    }

    /// <summary>Whether the region differs from its language in anything.</summary>
    public static bool HasRegion(LocaleTag tag) => Formats.Value[tag.Language]["regions"]?[tag.Region] is not null;

    /// <summary>Wording of a file, e.g. of <c>de-AT</c>; null where there is none.</summary>
    public static Dictionary<string, string>? TextsOf(string name) =>
        Read($"texts/{name}.json")?.ToDictionary(text => text.Key, text => text.Value!.GetValue<string>(), StringComparer.Ordinal);

    private static void Merge(JsonObject target, string name, JsonNode? value)
    {
        if (name == "currencies" && target[name] is JsonObject symbols)
        {
            foreach (var (code, symbol) in value!.AsObject())
            {
                symbols[code] = symbol!.DeepClone();
            }
        }
        else
        {
            target[name] = value?.DeepClone();
        }
    }

    private static JsonObject? Read(string resource)
    {
        using var stream = typeof(LocaleData).Assembly.GetManifestResourceStream(resource);
        return stream is null ? null : JsonNode.Parse(stream)!.AsObject();
    }
}
