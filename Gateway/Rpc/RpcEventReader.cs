using System.Text;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Devices;
using OrleansBilling.Gateway.Usage;
using Measured = OrleansBilling.Contracts.Usage.UsageEvent;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Reads events from protobuf by the same rules as from JSON.</summary>
internal static class RpcEventReader
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const int LongestValue = 64;

    private const uint BatchIdTag = (1 << 3) | 2;
    private const uint EventTag = (2 << 3) | 2;

    /// <summary>Reads a ReportRequest, without an object for any part of it that does not go on to a device.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no protobuf.</exception>
    public static RpcRequest Read(ReadOnlySpan<byte> message, UsageIntake intake)
    {
        var into = intake.Rent();
        try
        {
            var (batchId, events) = Read(message, into);
            return new(intake, batchId, into, events);
        }
        catch
        {
            intake.Return(into);
            throw;
        }
    }

    /// <returns>The batch's id, and how many events there are; those beyond what a request may have are not read.</returns>
    internal static (string BatchId, int Events) Read(ReadOnlySpan<byte> message, IntakeBatch into)
    {
        var reader = new WireReader(message);
        ReadOnlySpan<byte> batchId = default;
        var events = 0;
        while (reader.Tag() is > 0 and var tag)
        {
            switch (tag)
            {
                case BatchIdTag: batchId = reader.Text(); break;
                case EventTag when events < UsageLimits.MaxEvents: Read(reader.Bytes(), events++, into); break;
                case EventTag: reader.Skip(tag); events++; break;
                default: reader.Skip(tag); break;
            }
        }
        return (Encoding.UTF8.GetString(batchId), events);
    }

    private static void Read(ReadOnlySpan<byte> message, int index, IntakeBatch batch)
    {
        ref var place = ref batch.Add();
        var usage = new WireEvent();
        usage.Read(message, batch.Strings);
        Read(usage, batch.Strings, ref place);
        if (place.Fault is not null)
        {
            place.Pointer = $"/events/{index}{place.Pointer}";
            place.Event = place.Event with { Device = Encoding.UTF8.GetString(usage.Device), Identifier = null };
        }
    }

    private static void Read(in WireEvent usage, StringCache strings, ref IntakeEvent into)
    {
        into.Id = Encoding.UTF8.GetString(usage.Id);
        var (device, meter) = (usage.HasIdentifier ? null : strings.Id(usage.Device), strings.Id(usage.Meter));
        var unit = strings.Text(usage.Unit);
        var fault = QuantityOf(usage.Value, out var value);
        (into.Fault, into.Pointer) = 0 switch
        {
            _ when !EntityId.IsValid(into.Id) => (EventFault.IdInvalid, "/id"),
            _ when usage.HasIdentifier && !usage.Device.IsEmpty => (EventFault.DeviceAndIdentifier, "/identifier"),
            _ when !usage.HasIdentifier && device is null => (EventFault.DeviceInvalid, "/device"),
            _ when meter is null => (EventFault.MeterInvalid, "/meter"),
            _ when !usage.HasTime || !IsTime(usage.Seconds, usage.Nanos) => (EventFault.TimeInvalid, "/time"),
            _ when fault is not null => (fault, "/value"),
            _ when unit.Length > 0 && !IsShort(unit) => (EventFault.UnitInvalid, "/unit"),
            _ when !AreDimensions(usage.Dimensions) => (EventFault.DimensionsInvalid, "/dimensions"),
            _ => ((EventFault?)null, (string?)null),
        };
        if (into.Fault is not null || !TryIdentifier(usage, ref into, out var identifier) || !TryDimensions(usage, strings, ref into, out var dimensions))
        {
            return;
        }
        into.Event = new Measured
        {
            Id = EventIdentity.Compose(null, into.Id),
            Device = identifier ?? device!,
            Identifier = identifier,
            Meter = meter!,
            UnixTicks = TicksOf(usage.Seconds, usage.Nanos),
            Value = value,
            Unit = unit.Length == 0 ? null : unit,
            Dimensions = dimensions,
        };
    }

    private static bool TryIdentifier(in WireEvent usage, ref IntakeEvent into, out string? key)
    {
        key = null;
        if (usage.HasIdentifier)
        {
            var kind = Encoding.UTF8.GetString(usage.Kind);
            if (!IdentifierKinds.TryRead(kind, Encoding.UTF8.GetString(usage.Name), out var identifier))
            {
                (into.Fault, into.Pointer) = (
                    EventFault.Identifier(kind), IdentifierKinds.Has(kind) ? "/identifier/value" : "/identifier/kind");
                return false;
            }
            key = identifier.Key;
        }
        return true;
    }

    /// <summary>A quantity outside of an event.</summary>
    /// <exception cref="RpcException">Invalid argument.</exception>
    internal static decimal Quantity(string text, string field) => QuantityOf(Encoding.UTF8.GetBytes(text), out var value) is null
        ? value
        : throw Invalid($"reservation.quantity_invalid: '{field}' must be a decimal below 10^15 with at most 12 decimals.");

    /// <summary>Dimensions outside of an event, sorted; null for none.</summary>
    /// <exception cref="RpcException">Invalid argument.</exception>
    internal static KeyValuePair<string, string>[]? CheckedDimensions(MapField<string, string> dimensions) => AreDimensions(dimensions)
        ? DimensionsOf(dimensions)
        : throw Invalid("usage.dimensions_invalid: at most 16 dimensions, names and values of 1 to 64 characters.");

    internal static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));

    private static EventFault? QuantityOf(ReadOnlySpan<byte> utf8, out decimal value)
    {
        value = 0m;
        var error = utf8.Length <= LongestValue ? QuantityText.Parse(utf8, out value) : QuantityError.Invalid;
        return error switch
        {
            QuantityError.None => null,
            QuantityError.OutOfRange => EventFault.ValueOutOfRange,
            _ => EventFault.ValueInvalid,
        };
    }

    internal static bool IsTime(Timestamp? time) => time is not null && IsTime(time.Seconds, time.Nanos);

    internal static long TicksOf(Timestamp time) => TicksOf(time.Seconds, time.Nanos);

    private static bool IsTime(long seconds, int nanos) =>
        seconds is >= FirstSecond and <= LastSecond && nanos is >= 0 and < 1_000_000_000;

    private static long TicksOf(long seconds, int nanos) =>
        (seconds * TimeSpan.TicksPerSecond) + (nanos / TimeSpan.NanosecondsPerTick);

    private static bool IsShort(string text) => text.Length is >= 1 and <= UsageLimits.MaxDimensionLength
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    private static bool AreDimensions(ICollection<KeyValuePair<string, string>>? dimensions) => dimensions is null
        || (dimensions.Count <= UsageLimits.MaxDimensions
            && dimensions.All(dimension => IsShort(dimension.Key) && IsShort(dimension.Value)));

    private static bool TryDimensions(
        in WireEvent usage, StringCache strings, ref IntakeEvent into, out KeyValuePair<string, string>[]? dimensions)
    {
        dimensions = DimensionsOf(usage.Dimensions);
        var (session, phase, operation) = (strings.Text(usage.Session), strings.Text(usage.Phase), strings.Text(usage.Operation));
        if (!MayBeNamed(session) || !MayBeNamed(phase) || !MayBeNamed(operation)
            || !Dimensions.TryAdd(ref dimensions, Given(session), Given(phase), Given(operation)))
        {
            (into.Fault, into.Pointer) = (EventFault.NamedDimensionInvalid, "/dimensions");
            return false;
        }
        return true;

        static bool MayBeNamed(string text) => text.Length == 0 || IsShort(text);

        static string? Given(string text) => text.Length == 0 ? null : text;
    }

    private static KeyValuePair<string, string>[]? DimensionsOf(ICollection<KeyValuePair<string, string>>? dimensions)
    {
        if (dimensions is not { Count: > 0 })
        {
            return null;
        }
        var list = dimensions.ToArray();
        Dimensions.SortDistinct(list);
        return list;
    }
}
