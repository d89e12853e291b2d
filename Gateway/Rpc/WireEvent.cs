using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>
/// The fields of one event of a request, where they lie in its message. As protobuf has it: of a field that comes again the last one
/// counts, messages that come again are merged, and unknown fields are passed over.
/// </summary>
internal ref struct WireEvent
{
    private const uint IdTag = (1 << 3) | 2;
    private const uint DeviceTag = (2 << 3) | 2;
    private const uint MeterTag = (3 << 3) | 2;
    private const uint TimeTag = (4 << 3) | 2;
    private const uint ValueTag = (5 << 3) | 2;
    private const uint UnitTag = (6 << 3) | 2;
    private const uint DimensionTag = (7 << 3) | 2;
    private const uint SessionTag = (8 << 3) | 2;
    private const uint PhaseTag = (9 << 3) | 2;
    private const uint OperationTag = (10 << 3) | 2;
    private const uint IdentifierTag = (11 << 3) | 2;

    // Of the messages within: both are of two fields.
    private const uint SecondsTag = 1 << 3;
    private const uint NanosTag = 2 << 3;
    private const uint FirstTextTag = (1 << 3) | 2;
    private const uint SecondTextTag = (2 << 3) | 2;

    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Device;
    public ReadOnlySpan<byte> Meter;
    public ReadOnlySpan<byte> Value;
    public ReadOnlySpan<byte> Unit;
    public ReadOnlySpan<byte> Session;
    public ReadOnlySpan<byte> Phase;
    public ReadOnlySpan<byte> Operation;
    public ReadOnlySpan<byte> Kind;
    public ReadOnlySpan<byte> Name;

    /// <summary>Whether there is an identifier, perhaps an empty one: kind and name.</summary>
    public bool HasIdentifier;

    /// <summary>Whether there is a time, perhaps the beginning of 1970.</summary>
    public bool HasTime;

    /// <summary>Seconds since the beginning of 1970.</summary>
    public long Seconds;

    /// <summary>Nanoseconds beyond them.</summary>
    public int Nanos;

    /// <summary>Null for none. More than an event may have are not kept, but for one.</summary>
    public List<KeyValuePair<string, string>>? Dimensions;

    /// <summary>Reads the event's message.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: it is no protobuf.</exception>
    public void Read(ReadOnlySpan<byte> message, StringCache strings)
    {
        var reader = new WireReader(message);
        while (reader.Tag() is > 0 and var tag)
        {
            switch (tag)
            {
                case IdTag: Id = reader.Text(); break;
                case DeviceTag: Device = reader.Text(); break;
                case MeterTag: Meter = reader.Text(); break;
                case TimeTag: ReadTime(reader.Bytes()); break;
                case ValueTag: Value = reader.Text(); break;
                case UnitTag: Unit = reader.Text(); break;
                case DimensionTag: ReadDimension(reader.Bytes(), strings); break;
                case SessionTag: Session = reader.Text(); break;
                case PhaseTag: Phase = reader.Text(); break;
                case OperationTag: Operation = reader.Text(); break;
                case IdentifierTag: ReadIdentifier(reader.Bytes()); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    private void ReadTime(ReadOnlySpan<byte> message)
    {
        HasTime = true;
        var reader = new WireReader(message);
        while (reader.Tag() is > 0 and var tag)
        {
            switch (tag)
            {
                case SecondsTag: Seconds = unchecked((long)reader.Varint()); break;
                case NanosTag: Nanos = unchecked((int)reader.Varint()); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    private void ReadIdentifier(ReadOnlySpan<byte> message)
    {
        HasIdentifier = true;
        ReadTexts(message, ref Kind, ref Name);
    }

    private void ReadDimension(ReadOnlySpan<byte> message, StringCache strings)
    {
        ReadOnlySpan<byte> name = default, value = default;
        ReadTexts(message, ref name, ref value);
        var dimension = KeyValuePair.Create(strings.Text(name), strings.Text(value));
        Dimensions ??= [];
        var place = Dimensions.FindIndex(known => known.Key == dimension.Key);
        if (place >= 0)
        {
            Dimensions[place] = dimension;
        }
        else if (Dimensions.Count <= UsageLimits.MaxDimensions)
        {
            Dimensions.Add(dimension);
        }
    }

    private static void ReadTexts(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> first, ref ReadOnlySpan<byte> second)
    {
        var reader = new WireReader(message);
        while (reader.Tag() is > 0 and var tag)
        {
            switch (tag)
            {
                case FirstTextTag: first = reader.Text(); break;
                case SecondTextTag: second = reader.Text(); break;
                default: reader.Skip(tag); break;
            }
        }
    }
}
