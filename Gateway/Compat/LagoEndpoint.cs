using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>
/// <c>POST /compat/lago/api/v1/events</c> and <c>/events/batch</c>: events as Lago's clients send them. The code finds the meters; the device
/// is the property <c>device</c>, else the subscription's external id.
/// </summary>
/// <remarks>The contract is that of Lago's public API: 200 with the events, or 422 with details by field.</remarks>
internal static class LagoEndpoint
{
    private const int MaxBatch = 100;
    private const string Properties = "properties";
    private static readonly (string, string) Operation = ("operation_type", Usage.Dimensions.Operation);

    public static async Task<IResult> OneAsync(HttpContext context, ForeignIntake intake, TimeProvider time)
    {
        var root = await JsonBody.ReadDocumentAsync(context, BodyLimit.Other);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("event", out var one))
        {
            return LagoAnswer.Invalid(new() { ["event"] = ["value_is_mandatory"] });
        }
        var now = time.GetUtcNow();
        var read = Read(one, now);
        var fault = (await intake.SubmitAsync(context.Caller().Key, [read], Operation, context.RequestAborted))[0];
        return fault is null
            ? ApiJson.Ok(new { @event = LagoAnswer.Of(one, read.Event!, now) })
            : LagoAnswer.Invalid(LagoAnswer.Details(fault));
    }

    public static async Task<IResult> BatchAsync(HttpContext context, ForeignIntake intake, TimeProvider time)
    {
        var root = await JsonBody.ReadDocumentAsync(context, BodyLimit.Events);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("events", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return LagoAnswer.Invalid(new() { ["events"] = ["value_is_mandatory"] });
        }
        if (list.GetArrayLength() is 0 or > MaxBatch)
        {
            return LagoAnswer.Invalid(new() { ["events"] = [list.GetArrayLength() == 0 ? "no_events" : "too_many_events"] });
        }
        var now = time.GetUtcNow();
        var items = list.EnumerateArray().ToArray();
        var events = items.Select(json => Read(json, now)).ToList();
        var faults = await intake.SubmitAsync(context.Caller().Key, events, Operation, context.RequestAborted);
        return Array.Exists(faults, fault => fault is not null)
            ? LagoAnswer.InvalidBatch(faults)
            : ApiJson.Ok(new { events = items.Select((json, i) => LagoAnswer.Of(json, events[i].Event!, now)) });
    }

    private static (ForeignEvent? Event, ForeignFault? Fault) Read(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, new(EventFault.NotAnObject, ""));
        }
        var (id, code) = (Text(json, "transaction_id"), Text(json, "code"));
        var data = json.TryGetProperty(Properties, out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var device = Text(data, "device") ?? Text(json, "external_subscription_id");
        var at = At(json, now);
        (EventFault Fault, string Pointer)? fault =
            !EntityId.IsValid(id) ? (EventFault.IdInvalid, "/transaction_id")
            : !EntityId.IsValid(code) ? (EventFault.MeterInvalid, "/code")
            : !EntityId.IsValid(device) ? (EventFault.DeviceInvalid, "/external_subscription_id")
            : at is null ? (EventFault.TimeInvalid, "/timestamp")
            : null;
        return fault is { } wrong
            ? (null, new(wrong.Fault, wrong.Pointer))
            : (new(id!, null, code!, device!, at!.Value, data) { DataPointer = "/properties" }, null);
    }

    /// <summary>Seconds since 1970 with a fraction, as a number or a text, or RFC 3339; now when left out, as in Lago.</summary>
    private static long? At(JsonElement json, DateTimeOffset now)
    {
        if (!json.TryGetProperty("timestamp", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return now.UtcTicks - DateTime.UnixEpoch.Ticks;
        }
        var text = ForeignData.TextOf(given) ?? "";
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds < 253_402_300_800m ? (long)(seconds * TimeSpan.TicksPerSecond) : null;
        }
        return TimeText.TryParse(Encoding.UTF8.GetBytes(text), out var ticks) ? ticks : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? BodyValue.TextOf(value) : null;
}
