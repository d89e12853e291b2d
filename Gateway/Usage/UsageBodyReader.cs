using System.Text.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// Reads the whole body of a usage request before anything of it is sent: broken JSON anywhere refuses all of it.
/// </summary>
internal static class UsageBodyReader
{
    /// <summary>Reads a body of any form but binary.</summary>
    /// <exception cref="ProblemException">400 for broken JSON, 422 for a body of another shape or with too many
    /// events.</exception>
    public static void Read(ReadOnlySpan<byte> body, UsageForm form, IntakeBatch into) => Read(body, form, null, into);

    /// <summary>Reads a message of a queue.</summary>
    /// <param name="body">The message.</param>
    /// <param name="ownId">The id of an event of ours that stands by itself and has none.</param>
    /// <param name="into">Where the events go.</param>
    /// <exception cref="ProblemException">As of a body.</exception>
    public static void ReadMessage(ReadOnlySpan<byte> body, string ownId, IntakeBatch into) => Read(body, UsageForm.Message, ownId, into);

    private static void Read(ReadOnlySpan<byte> body, UsageForm form, string? ownId, IntakeBatch into)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            json.Read();
            ReadRoot(ref json, body, form, ownId, into);
            json.Read();
        }
        catch (JsonException broken)
        {
            throw new ProblemException(Problem.BrokenJson(broken));
        }
    }

    /// <summary>Reads the one event of the binary mode.</summary>
    public static void ReadBinary(
        ReadOnlySpan<byte> body,
        string version,
        string source,
        string id,
        string type,
        string subject,
        string time,
        IntakeBatch into)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            json.Read();
            var reader = new EventReader(into.Strings, ref into.Add(), "", -1);
            reader.TakeHeaders(version, source, id, type, subject, time);
            reader.ReadBinaryData(ref json);
            json.Read();
        }
        catch (JsonException broken)
        {
            throw new ProblemException(Problem.BrokenJson(broken));
        }
    }

    private static void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> body, UsageForm form, string? ownId, IntakeBatch into)
    {
        var isOpen = form is UsageForm.Json or UsageForm.Message;
        var isObject = json.TokenType == JsonTokenType.StartObject;
        var isArray = json.TokenType == JsonTokenType.StartArray;
        if (isArray && (isOpen || form == UsageForm.Batched))
        {
            ReadList(ref json, body, "", cloudEvents: true, into);
        }
        else if (isObject && (form == UsageForm.Structured || (isOpen && LooksLikeCloudEvent(json))))
        {
            new EventReader(into.Strings, ref into.Add(), "", -1).ReadCloudEvent(ref json);
        }
        else if (isObject && form == UsageForm.Message && !HasEvents(json))
        {
            new EventReader(into.Strings, ref into.Add(), "", -1) { OwnId = ownId }.ReadCompact(ref json);
        }
        else if (isObject && isOpen)
        {
            ReadEnvelope(ref json, body, into);
        }
        else
        {
            SkipThenRefuse(ref json, form == UsageForm.Batched
                ? "A batch of CloudEvents is a JSON array."
                : "Send { \"events\": [ … ] }, a CloudEvent or an array of them.");
        }
    }

    /// <summary>Looks ahead, with a copy of the reader, for what only a CloudEvent has.</summary>
    private static bool LooksLikeCloudEvent(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("events"u8))
            {
                return false;
            }
            if (json.ValueTextEquals("specversion"u8))
            {
                return true;
            }
            json.Skip();
        }
        return false;
    }

    private static bool HasEvents(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("events"u8))
            {
                return true;
            }
            json.Skip();
        }
        return false;
    }

    private static void ReadEnvelope(ref Utf8JsonReader json, ReadOnlySpan<byte> body, IntakeBatch into)
    {
        var seen = false;
        ProblemError? fault = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isEvents = json.ValueTextEquals("events"u8);
            var name = isEvents ? "events" : UnknownName(ref json);
            json.Read();
            if (isEvents && !seen && json.TokenType == JsonTokenType.StartArray)
            {
                seen = true;
                ReadList(ref json, body, "/events", cloudEvents: false, into);
                continue;
            }
            json.Skip();
            fault ??= Fault(name, isEvents, seen);
        }
        fault ??= seen ? null : new("json.required", "'events' is required: an array of usage events.", "/events");
        if (fault is not null)
        {
            // What follows must be read too: broken JSON is told before anything else.
            json.Read();
            throw new ProblemException(Problem.Invalid([fault]));
        }
    }

    private static ProblemError Fault(string name, bool isEvents, bool seen) => (isEvents, seen) switch
    {
        (true, true) => new("json.duplicate_property", "'events' is given twice.", "/events"),
        (true, false) => new("json.type", "Give an array of usage events here.", "/events"),
        _ => new("json.unknown_property", $"There is no '{name}' here; the body is {{ \"events\": [ … ] }}.",
            Requests.JsonPointer.Append("", name)),
    };

    private static string UnknownName(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private static void ReadList(
        ref Utf8JsonReader json, ReadOnlySpan<byte> body, string pointer, bool cloudEvents, IntakeBatch into)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (into.Count == UsageLimits.MaxEvents)
            {
                RefuseTooMany(body, pointer);
            }
            var reader = new EventReader(into.Strings, ref into.Add(), pointer, into.Count - 1);
            if (cloudEvents)
            {
                reader.ReadCloudEvent(ref json);
            }
            else
            {
                reader.ReadCompact(ref json);
            }
        }
    }

    private static void RefuseTooMany(ReadOnlySpan<byte> body, string pointer)
    {
        var rest = new Utf8JsonReader(body);
        while (rest.Read())
        {
            // Broken JSON is told before anything else.
        }
        throw new ProblemException(Problem.Invalid(
            "usage.too_many_events",
            $"A request takes at most {UsageLimits.MaxEvents} events; send them in several.",
            pointer));
    }

    private static void SkipThenRefuse(ref Utf8JsonReader json, string message)
    {
        json.Skip();
        json.Read();
        throw new ProblemException(Problem.Invalid("usage.body_invalid", message, ""));
    }
}
