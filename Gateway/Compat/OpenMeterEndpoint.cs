using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>
/// <c>POST /compat/openmeter/api/v1/events</c>: CloudEvents as OpenMeter's clients send them. The subject is the device, the type finds the
/// meters, and data is a free-form object.
/// </summary>
/// <remarks>The contract is that of OpenMeter's public API: 204 without a body, or a problem.</remarks>
internal static class OpenMeterEndpoint
{
    private const string MediaTypes = "application/cloudevents+json, application/cloudevents-batch+json, application/json";

    public static async Task<IResult> IngestAsync(HttpContext context, ForeignIntake intake, TimeProvider time)
    {
        JsonBody.RequireJson(context.Request, MediaTypes);
        using var body = await RequestBody.ReadAsync(context, BodyLimit.Events);
        using var document = JsonBody.Parse(body.Bytes);
        var events = Items(document.RootElement).Select(json => Read(json, time)).ToList();
        var faults = await intake.SubmitAsync(context.Caller().Key, events, null, context.RequestAborted);
        return Answer(faults, document.RootElement.ValueKind == JsonValueKind.Array);
    }

    private static JsonElement[] Items(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => [root],
        JsonValueKind.Array when root.GetArrayLength() <= UsageLimits.MaxEvents => [.. root.EnumerateArray()],
        JsonValueKind.Array => throw new ProblemException(Problem.Invalid(
            "usage.too_many_events", $"A request takes at most {UsageLimits.MaxEvents} events; send them in several.", "")),
        _ => throw new ProblemException(Problem.Invalid("usage.body_invalid", "Send a CloudEvent or an array of them.", "")),
    };

    private static (ForeignEvent?, ForeignFault?) Read(JsonElement json, TimeProvider time)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, new(EventFault.NotAnObject, ""));
        }
        var (id, source, type, subject) = (Text(json, "id"), Text(json, "source"), Text(json, "type"), Text(json, "subject"));
        var data = json.TryGetProperty("data", out var given) && given.ValueKind != JsonValueKind.Null ? given : default;
        var at = At(json, time);
        (EventFault Fault, string Pointer)? fault =
            Text(json, "specversion") is not "1.0" ? (EventFault.VersionUnsupported, "/specversion")
            : !EntityId.IsValid(id) ? (EventFault.IdInvalid, "/id")
            : source is not { Length: >= 1 and <= UsageLimits.MaxSourceLength } ? (EventFault.SourceInvalid, "/source")
            : !EntityId.IsValid(type) ? (EventFault.MeterInvalid, "/type")
            : !EntityId.IsValid(subject) ? (EventFault.DeviceInvalid, "/subject")
            : at is null ? (EventFault.TimeInvalid, "/time")
            : data.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object) ? (EventFault.DataInvalid, "/data")
            : null;
        return fault is { } wrong
            ? (null, new(wrong.Fault, wrong.Pointer))
            : (new(id!, source, type!, subject!, at!.Value, data), null);
    }

    /// <summary>The time of use; now when left out, as in OpenMeter.</summary>
    private static long? At(JsonElement json, TimeProvider time) =>
        !json.TryGetProperty("time", out var given) || given.ValueKind == JsonValueKind.Null
            ? time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks
            : TimeText.TryParse(Encoding.UTF8.GetBytes(BodyValue.TextOf(given) ?? ""), out var ticks) ? ticks : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? BodyValue.TextOf(value) : null;

    private static IResult Answer(ForeignFault?[] faults, bool isArray)
    {
        var errors = faults.Select((fault, i) => (Fault: fault, Index: i)).Where(pair => pair.Fault is not null)
            .Take(BodyBinder.MaxErrors).Select(pair => new ProblemError(
                pair.Fault!.Fault.Code, pair.Fault.Fault.Message, isArray ? $"/{pair.Index}{pair.Fault.Pointer}" : pair.Fault.Pointer)).ToList();
        var refused = faults.Count(fault => fault is not null);
        return refused == 0 ? Results.NoContent() : new ProblemResult(new ApiProblem(
            400, refused == 1 ? errors[0].Code : "usage.events_refused",
            $"{refused} of {faults.Length} events were refused: {errors[0].Message} The others are counted; sending all of them again is safe.")
        {
            Errors = errors,
        });
    }
}
