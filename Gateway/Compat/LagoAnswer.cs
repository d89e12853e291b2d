using System.Globalization;
using System.Text.Json;
using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Compat;

/// <summary>Answers in the form of Lago's API.</summary>
internal static class LagoAnswer
{
    /// <summary>What Lago says of an id that has other content already.</summary>
    private const string Exists = "value_already_exist";

    /// <summary>The event as it was taken.</summary>
    public static object Of(JsonElement json, ForeignEvent read, DateTimeOffset received) => new
    {
        lago_id = (string?)null,
        transaction_id = read.Id,
        lago_customer_id = (string?)null,
        code = read.Type,
        timestamp = DateTime.UnixEpoch.AddTicks(read.UnixTicks).ToString("O", CultureInfo.InvariantCulture),
        lago_subscription_id = (string?)null,
        external_subscription_id = json.TryGetProperty("external_subscription_id", out var id) ? id.GetString() : null,
        properties = read.Data.ValueKind == JsonValueKind.Object ? read.Data : (JsonElement?)null,
        created_at = received.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>422 with the fields at fault.</summary>
    public static IResult Invalid(Dictionary<string, string[]> details) => Invalid((object)details);

    /// <summary>422 with the events at fault by their place in the batch. The others are counted; sending all again is safe.</summary>
    public static IResult InvalidBatch(ForeignFault?[] faults) => Invalid(
        faults.Select((fault, i) => (Fault: fault, Index: i)).Where(pair => pair.Fault is not null)
            .ToDictionary(pair => pair.Index.ToString(CultureInfo.InvariantCulture), pair => Details(pair.Fault!)));

    /// <summary>The field at fault, with Lago's word for a repeated id and ours for all else.</summary>
    public static Dictionary<string, string[]> Details(ForeignFault fault) => fault.Fault.Code switch
    {
        "usage.conflict" => new() { ["transaction_id"] = [Exists] },
        "usage.meter_unknown" => new() { ["code"] = [$"{fault.Fault.Code}: {fault.Fault.Message}"] },
        _ => new() { [fault.Pointer.Length > 1 ? fault.Pointer[1..].Split('/')[0] : "base"] = [$"{fault.Fault.Code}: {fault.Fault.Message}"] },
    };

    private static IResult Invalid(object details) => Results.Json(
        new { status = 422, error = "Unprocessable Entity", code = "validation_errors", error_details = details }, ApiJson.Options,
        statusCode: StatusCodes.Status422UnprocessableEntity);
}
