using System.Text.Json;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>JSON of answers: the product's dialect, with decimals in their shortest form and ISO 8601
/// durations.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the dialect to options owned by somebody else.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        // The first converter that fits a type wins.
        options.Converters.Add(new ShortDecimalConverter());
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new DurationConverter());
        BillingJson.Configure(options);
    }

    public static IResult Ok<T>(T value) => Results.Json(value, Options);

    /// <summary>One entity, with its tag.</summary>
    public static IResult Entity<T>(T value) => new EntityResult<T>(value);

    public static IResult Created<T>(string location, T value) => new LocatedResult<T>(StatusCodes.Status201Created, location, value);

    /// <summary>It is taken over, and will be done.</summary>
    public static IResult Accepted<T>(string location, T value) => new LocatedResult<T>(StatusCodes.Status202Accepted, location, value);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { Encoder = ReadableJson.Encoder };
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class LocatedResult<T>(int status, string location, T value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return Results.Json(value, Options, statusCode: status).ExecuteAsync(httpContext);
        }
    }
}
