using System.Text;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Devices;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;
using Measured = OrleansBilling.Contracts.Usage.UsageEvent;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Reads events from protobuf by the same rules as from JSON.</summary>
internal static class RpcEventReader
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const int LongestValue = 64;

    public static void Read(ReportRequest request, IntakeBatch into)
    {
        for (var i = 0; i < request.Events.Count; i++)
        {
            ref var place = ref into.Add();
            Read(request.Events[i], ref place);
            if (place.Fault is not null)
            {
                place.Pointer = $"/events/{i}{place.Pointer}";
            }
        }
    }

    private static void Read(UsageEvent usage, ref IntakeEvent into)
    {
        into.Id = usage.Id;
        var fault = QuantityOf(usage.Value, out var value);
        (into.Fault, into.Pointer) = usage switch
        {
            _ when !EntityId.IsValid(usage.Id) => (EventFault.IdInvalid, "/id"),
            { Identifier: not null, Device.Length: > 0 } => (EventFault.DeviceAndIdentifier, "/identifier"),
            { Identifier: null } when !EntityId.IsValid(usage.Device) => (EventFault.DeviceInvalid, "/device"),
            _ when !EntityId.IsValid(usage.Meter) => (EventFault.MeterInvalid, "/meter"),
            _ when !IsTime(usage.Time) => (EventFault.TimeInvalid, "/time"),
            _ when fault is not null => (fault, "/value"),
            _ when usage.Unit.Length > 0 && !IsShort(usage.Unit) => (EventFault.UnitInvalid, "/unit"),
            _ when !AreDimensions(usage.Dimensions) => (EventFault.DimensionsInvalid, "/dimensions"),
            _ => ((EventFault?)null, (string?)null),
        };
        if (into.Fault is not null || !TryIdentifier(usage.Identifier, ref into, out var identifier) || !TryDimensions(usage, ref into, out var dimensions))
        {
            return;
        }
        into.Event = new Measured
        {
            Id = EventIdentity.Compose(null, usage.Id),
            Device = identifier ?? usage.Device,
            Identifier = identifier,
            Meter = usage.Meter,
            UnixTicks = TicksOf(usage.Time),
            Value = value,
            Unit = usage.Unit.Length == 0 ? null : usage.Unit,
            Dimensions = dimensions,
        };
    }

    private static bool TryIdentifier(Identifier? named, ref IntakeEvent into, out string? key)
    {
        key = null;
        if (named is not null)
        {
            if (!IdentifierKinds.TryRead(named.Kind, named.Value, out var identifier))
            {
                (into.Fault, into.Pointer) = (
                    EventFault.Identifier(named.Kind), IdentifierKinds.Has(named.Kind) ? "/identifier/value" : "/identifier/kind");
                return false;
            }
            key = identifier.Key;
        }
        return true;
    }

    /// <summary>A quantity outside of an event.</summary>
    /// <exception cref="RpcException">Invalid argument.</exception>
    internal static decimal Quantity(string text, string field) => QuantityOf(text, out var value) is null
        ? value
        : throw Invalid($"reservation.quantity_invalid: '{field}' must be a decimal below 10^15 with at most 12 decimals.");

    /// <summary>Dimensions outside of an event, sorted; null for none.</summary>
    /// <exception cref="RpcException">Invalid argument.</exception>
    internal static KeyValuePair<string, string>[]? CheckedDimensions(MapField<string, string> dimensions) => AreDimensions(dimensions)
        ? DimensionsOf(dimensions)
        : throw Invalid("usage.dimensions_invalid: at most 16 dimensions, names and values of 1 to 64 characters.");

    internal static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));

    private static EventFault? QuantityOf(string text, out decimal value)
    {
        value = 0m;
        Span<byte> utf8 = stackalloc byte[LongestValue];
        var error = text.Length <= LongestValue && Encoding.ASCII.TryGetBytes(text, utf8, out var length)
            ? QuantityText.Parse(utf8[..length], out value)
            : QuantityError.Invalid;
        return error switch
        {
            QuantityError.None => null,
            QuantityError.OutOfRange => EventFault.ValueOutOfRange,
            _ => EventFault.ValueInvalid,
        };
    }

    internal static bool IsTime(Timestamp? time) =>
        time is { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and < 1_000_000_000 };

    internal static long TicksOf(Timestamp time) =>
        (time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanos / TimeSpan.NanosecondsPerTick);

    private static bool IsShort(string text) => text.Length is >= 1 and <= UsageLimits.MaxDimensionLength
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    private static bool AreDimensions(MapField<string, string> dimensions) =>
        dimensions.Count <= UsageLimits.MaxDimensions
        && dimensions.All(dimension => IsShort(dimension.Key) && IsShort(dimension.Value));

    private static bool TryDimensions(UsageEvent usage, ref IntakeEvent into, out KeyValuePair<string, string>[]? dimensions)
    {
        dimensions = DimensionsOf(usage.Dimensions);
        string[] named = [usage.Session, usage.Phase, usage.Operation];
        if (!Array.TrueForAll(named, text => text.Length == 0 || IsShort(text))
            || !Dimensions.TryAdd(ref dimensions, Given(usage.Session), Given(usage.Phase), Given(usage.Operation)))
        {
            (into.Fault, into.Pointer) = (EventFault.NamedDimensionInvalid, "/dimensions");
            return false;
        }
        return true;

        static string? Given(string text) => text.Length == 0 ? null : text;
    }

    private static KeyValuePair<string, string>[]? DimensionsOf(MapField<string, string> dimensions)
    {
        if (dimensions.Count == 0)
        {
            return null;
        }
        var list = dimensions.ToArray();
        Dimensions.SortDistinct(list);
        return list;
    }
}
