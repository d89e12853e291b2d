using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>Makes figures and dimensions of a free-form JSON object.</summary>
internal static class ForeignData
{
    private const string ValueName = "value";

    /// <summary>The property <c>value</c> as a quantity; null when there is none that is one.</summary>
    public static decimal? Value(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(ValueName, out var value)
        && value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && QuantityText.Parse(Encoding.UTF8.GetBytes(TextOf(value) ?? ""), out var quantity) == QuantityError.None
            ? quantity
            : null;

    /// <summary>
    /// Every other property that can be one becomes a dimension: texts of 1 to 64 characters, numbers as plain decimals, truth values.
    /// What cannot, such as a prompt or a list, is left out: a meter that asks for it quarantines the event.
    /// </summary>
    /// <param name="data">An object; anything else has none.</param>
    /// <param name="renamed">A property that becomes a dimension of another name.</param>
    /// <returns>Sorted by name; null when there are more than 16, or one comes twice.</returns>
    public static KeyValuePair<string, string>[]? Dimensions(JsonElement data, (string From, string To)? renamed = null)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        KeyValuePair<string, string>[] all =
        [
            .. data.EnumerateObject().Where(property => property.Name != ValueName && Fits(property.Name) && Fits(TextOf(property.Value)))
                .Select(property => KeyValuePair.Create(
                    property.Name == renamed?.From ? renamed.Value.To : property.Name, TextOf(property.Value)!)),
        ];
        return all.Length <= UsageLimits.MaxDimensions && Usage.Dimensions.SortDistinct(all) ? all : null;
    }

    /// <summary>Text of a scalar, of a number as a plain decimal where it is one; null for anything else, and for what is no valid Unicode.</summary>
    public static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString(),
                JsonValueKind.Number when QuantityText.Parse(Encoding.UTF8.GetBytes(json.GetRawText()), out var number) == QuantityError.None =>
                    DecimalText.Format(number),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }

    private static bool Fits(string? text) => text is { Length: >= 1 and <= UsageLimits.MaxDimensionLength }
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
