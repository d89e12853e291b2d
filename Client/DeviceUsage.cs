using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client;

/// <summary>
/// One reading from a device. The device and the id identify it for ever: what is reported twice with the same id counts once.
/// </summary>
/// <remarks>Name a <see cref="Device"/> or an <see cref="Identifier"/>, not both. The server checks the rest and answers each
/// event: see docs/api.md for the rules and codes.</remarks>
public sealed record DeviceUsage
{
    /// <summary>1 to 128 printable characters. The same reading has the same id whenever it is reported.</summary>
    public required string Id { get; init; }

    /// <summary>The device's id.</summary>
    public string? Device { get; init; }

    /// <summary>Instead of the device: a name that it has at the event's time, such as an ICCID.</summary>
    public DeviceIdentifier? Identifier { get; init; }

    /// <summary>The meter's id.</summary>
    public required string Meter { get; init; }

    /// <summary>When it was used, to 100 ns.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Below 10^15, at most 12 digits after the point. For a cumulative meter the register's reading.</summary>
    public required decimal Value { get; init; }

    /// <summary>Unit of the value; null is the meter's own.</summary>
    public string? Unit { get; init; }

    /// <summary>At most 16; names and values of 1 to 64 characters.</summary>
    public IReadOnlyDictionary<string, string>? Dimensions { get; init; }

    /// <summary>Which session the record is of; null for none.</summary>
    public string? Session { get; init; }

    /// <summary><c>start</c>, <c>interim</c> or <c>stop</c> of a session; null for none.</summary>
    public string? Phase { get; init; }

    /// <summary><c>add</c> or <c>remove</c>; null for none.</summary>
    public string? Operation { get; init; }

    /// <summary>A copy in the words of the contract, which later changes of the dimensions do not reach.</summary>
    internal UsageEvent ToMessage()
    {
        var message = new UsageEvent
        {
            Id = Id,
            Device = Device ?? "",
            Meter = Meter,
            Time = Timestamp.FromDateTimeOffset(Time),
            Value = Value.ToString(CultureInfo.InvariantCulture),
            Unit = Unit ?? "",
            Session = Session ?? "",
            Phase = Phase ?? "",
            Operation = Operation ?? "",
        };
        if (Identifier is { } identifier)
        {
            message.Identifier = new() { Kind = identifier.Kind, Value = identifier.Value };
        }
        foreach (var (name, value) in Dimensions ?? new Dictionary<string, string>())
        {
            message.Dimensions.Add(name, value);
        }
        return message;
    }
}
