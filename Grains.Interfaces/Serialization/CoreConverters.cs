using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>
/// A plan is stored and sent in the public plan format, the one form in which it can be read back for years.
/// </summary>
public sealed class PlanDefinitionConverter : JsonConverter<PlanDefinition>
{
    /// <inheritdoc/>
    public override PlanDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var parsed = PlanJson.Parse(document.RootElement);
        return parsed.Plan ?? throw new JsonException(
            $"The plan cannot be read: {string.Join("; ", parsed.Errors.Select(e => $"{e.Pointer} {e.Message}"))}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PlanDefinition value, JsonSerializerOptions options) =>
        writer.WriteRawValue(PlanJson.Serialize(value), skipInputValidation: true);
}

/// <summary>Overrides are stored and sent in their public format, as plans are.</summary>
public sealed class PlanOverridesConverter : JsonConverter<PlanOverrides>
{
    /// <inheritdoc/>
    public override PlanOverrides Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var parsed = PlanOverridesJson.Parse(document.RootElement);
        return parsed.Overrides ?? throw new JsonException(
            $"The overrides cannot be read: {string.Join("; ", parsed.Errors.Select(e => $"{e.Pointer} {e.Message}"))}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PlanOverrides value, JsonSerializerOptions options) =>
        writer.WriteRawValue(PlanOverridesJson.Serialize(value), skipInputValidation: true);
}

/// <summary>A currency as its ISO 4217 code. Earlier versions of this program wrote an object with the member <c>code</c>, and could
/// not read it.</summary>
public sealed class CurrencyConverter : JsonConverter<Currency>
{
    /// <inheritdoc/>
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var code = document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.GetProperty("code").GetString()
            : document.RootElement.GetString();
        return Currency.TryParse(code, out var currency) ? currency : throw new JsonException($"'{code}' is no currency.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}

/// <summary>Money as <c>{"amount":"12.50","currency":"CAD"}</c>.</summary>
public sealed class MoneyConverter : JsonConverter<Money>
{
    /// <inheritdoc/>
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = JsonSerializer.Deserialize<Parts>(ref reader, options) ?? throw new JsonException("Money is missing.");
        var currency = Currency.FromCode(parts.Currency);
        var money = Money.FromExact(parts.Amount, currency, LineRounding.HalfAwayFromZero);
        return money.ToDecimal() == parts.Amount
            ? money
            : throw new JsonException($"{parts.Amount} is no whole number of minor units of {parts.Currency}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Parts(value.ToDecimal(), value.Currency.Code), options);

    private sealed record Parts(decimal Amount, string Currency);
}
