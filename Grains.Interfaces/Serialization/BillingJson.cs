using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>
/// The one JSON dialect of the product: camelCase, RFC 3339 times, decimals as strings. It is used on the public API,
/// for
/// the rare records of the log, and for core types on the wire.
/// </summary>
public static class BillingJson
{
    /// <summary>Shared, read-only options.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the dialect to options owned by somebody else, for example ASP.NET Core.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        options.Converters.Add(new DecimalStringConverter());
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new CurrencyConverter());
        options.Converters.Add(new PlanDefinitionConverter());
        options.Converters.Add(new PlanOverridesConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
