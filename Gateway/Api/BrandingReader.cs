using System.Text.Json;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Rules;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Reads what a tenant puts on its documents, and says of every part that cannot be used what is wrong with it.</summary>
internal sealed class BrandingReader
{
    private readonly List<ProblemError> _errors = [];

    /// <exception cref="ProblemException">422 with everything that is wrong.</exception>
    public static BrandingSpec Read(BrandingBody body)
    {
        var reader = new BrandingReader();
        if (body.AccentColor is { } color && !BrandingRules.IsColor(color))
        {
            reader.Add("branding.color", $"'{color}' is no colour like #1d4e89.", "/accentColor");
        }
        var spec = new BrandingSpec(
            body.AccentColor, body.LogoText, reader.Footers(body.Footer), reader.Languages(body.Texts));
        return reader._errors.Count == 0 ? spec : throw new ProblemException(Problem.Invalid(reader._errors));
    }

    private Dictionary<string, string> Footers(JsonElement? json)
    {
        var footers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, value, at) in Members(json, "/footer"))
        {
            if (IsLanguage(language, at) && Text(value, BrandingRules.MaxFooter, at) is { } text)
            {
                AddOnce(footers, language, text, at);
            }
        }
        return footers;
    }

    private Dictionary<string, Dictionary<string, string>> Languages(JsonElement? json)
    {
        var languages = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (language, value, at) in Members(json, "/texts"))
        {
            if (IsLanguage(language, at))
            {
                AddOnce(languages, language, Texts(value, at), at);
            }
        }
        return languages;
    }

    private Dictionary<string, string> Texts(JsonElement json, string pointer)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value, at) in Members(json, pointer))
        {
            if (!BrandingRules.IsKey(key))
            {
                Add("branding.text_unknown", $"There is no text '{key}'.{Nearest(key)}", at);
            }
            else if (Text(value, BrandingRules.MaxText, at) is { } text)
            {
                if (BrandingRules.UnknownPlace(key, text) is { } place)
                {
                    Add("branding.place_unknown", $"Nothing is put in the place of {place} in '{key}'.", at);
                }
                AddOnce(texts, key, text, at);
            }
        }
        return texts;
    }

    private bool IsLanguage(string language, string pointer)
    {
        if (BrandingRules.IsLanguage(language))
        {
            return true;
        }
        Add("branding.language", $"Give one of {string.Join(", ", LocaleTag.Languages)}, or one with a region, such as de-AT.", pointer);
        return false;
    }

    private string? Text(JsonElement json, int most, string pointer)
    {
        switch (BodyValue.TextOf(json))
        {
            case null:
                Add("json.type", "Give a text here.", pointer);
                return null;
            case { Length: 0 }:
                Add("json.value", "The text must not be empty; leave it out for the shipped one.", pointer);
                return null;
            case var text when text.Length > most:
                Add("json.value", $"The text may have at most {most} characters.", pointer);
                return null;
            case var text when text.Any(c => char.IsControl(c) && c != '\n'):
                Add("json.value", "The text must not have control characters but line feeds.", pointer);
                return null;
            case var text:
                return text;
        }
    }

    private IEnumerable<(string Name, JsonElement Value, string Pointer)> Members(JsonElement? json, string pointer)
    {
        if (json is null)
        {
            return [];
        }
        if (json.Value.ValueKind == JsonValueKind.Object)
        {
            return json.Value.EnumerateObject().Select(p => (p.Name, p.Value, JsonPointer.Append(pointer, p.Name)));
        }
        Add("json.type", "Give an object here.", pointer);
        return [];
    }

    private void AddOnce<T>(Dictionary<string, T> into, string name, T value, string pointer)
    {
        if (!into.TryAdd(name, value))
        {
            Add("json.duplicate_property", $"'{name}' is given twice.", pointer);
        }
    }

    private static string Nearest(string key)
    {
        var part = key.Split('.')[0];
        string[] same = [.. DocumentTexts.Keys.Where(k => k.StartsWith($"{part}.", StringComparison.Ordinal))];
        return same.Length == 0 ? "" : $" Known: {string.Join(", ", same)}.";
    }

    private void Add(string code, string message, string pointer)
    {
        if (_errors.Count < BodyBinder.MaxErrors)
        {
            _errors.Add(new(code, message, pointer));
        }
    }
}
