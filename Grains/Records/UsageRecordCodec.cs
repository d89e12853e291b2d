using System.Buffers.Binary;

namespace OrleansBilling.Grains.Records;

/// <summary>
/// Packed form of <see cref="UsageRecord"/>, version 2; reads version 1 as well. What neighbours in a segment have in common comes
/// first, so that the segment stores it once: when they came (8 bytes, high first), the flags, meter, usage period, unit, dimensions and
/// the reason of a quarantine. Then what differs: device, identifier, terms, how many periods later it is billed, how long it took to
/// arrive, value, and to the record's end the event's id.
/// </summary>
internal static class UsageRecordCodec
{
    private const byte HasUnit = 1;
    private const byte HasDimensions = 2;
    private const byte IsQuarantined = 4;
    private const byte HasIdentifier = 8;
    private const byte IsLate = 16;

    // Above them: the form of the event's id.
    private const int IdFormBit = 5;

    private const int FlagsOffset = 1 + sizeof(long);

    public static void Write(ByteWriter writer, in UsageRecord record)
    {
        Span<byte> id = stackalloc byte[EventIdForms.PackedLength];
        var form = EventIdForms.Pack(record.EventId, id);
        writer.Byte((byte)RecordType.PackedUsage);
        writer.Int64HighFirst(record.ReceivedAt);
        writer.Byte((byte)(
            (record.Unit is null ? 0 : HasUnit)
            | (record.Dimensions is { Length: > 0 } ? HasDimensions : 0)
            | (record.Quarantine is null ? 0 : IsQuarantined)
            | (record.Identifier == 0 ? 0 : HasIdentifier)
            | (record.Late ? IsLate : 0)
            | ((int)form << IdFormBit)));
        WriteCommon(writer, record);
        WriteOwn(writer, record);
        if (form == EventIdForm.Text)
        {
            writer.TextToTheEnd(record.EventId);
        }
        else
        {
            writer.Bytes(id);
        }
    }

    /// <summary>Whether a record of the log is usage.</summary>
    public static bool IsUsage(ReadOnlySpan<byte> bytes) =>
        (RecordType)bytes[0] is RecordType.PackedUsage or RecordType.Usage or RecordType.IdentifiedUsage;

    public static UsageRecord Read(ReadOnlySpan<byte> bytes)
    {
        if ((RecordType)bytes[0] != RecordType.PackedUsage)
        {
            return FirstUsageCodec.Read(bytes);
        }
        var receivedAt = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        var flags = bytes[FlagsOffset];
        var reader = new ByteReader(bytes[(FlagsOffset + 1)..]);
        var meter = reader.Int32();
        var isQuarantined = (flags & IsQuarantined) != 0;
        var usagePeriod = isQuarantined ? 0 : (int)reader.Zigzag();
        var unit = (flags & HasUnit) != 0 ? reader.Text() : null;
        var dimensions = (flags & HasDimensions) != 0 ? ReadDimensions(ref reader) : null;
        var quarantine = isQuarantined ? reader.Text() : null;
        var device = reader.Int32();
        var identifier = (flags & HasIdentifier) != 0 ? reader.Int32() : 0;
        var terms = isQuarantined ? 0 : reader.Int32();
        var billedPeriod = usagePeriod + ((flags & IsLate) != 0 ? reader.Int32() : 0);
        return new()
        {
            Device = device,
            Identifier = identifier,
            Meter = meter,
            ReceivedAt = receivedAt,
            Time = receivedAt - reader.Zigzag(),
            Value = reader.Decimal(),
            Unit = unit,
            Dimensions = dimensions,
            Quarantine = quarantine,
            Terms = terms,
            UsagePeriod = usagePeriod,
            BilledPeriod = billedPeriod,
            EventId = EventIdForms.Unpack((EventIdForm)(flags >> IdFormBit), reader.Rest),
        };
    }

    /// <summary>The device only, without decoding the rest: enough to skip most records of a scan.</summary>
    public static int PeekDevice(ReadOnlySpan<byte> bytes)
    {
        if ((RecordType)bytes[0] != RecordType.PackedUsage)
        {
            return FirstUsageCodec.PeekDevice(bytes);
        }
        var flags = bytes[FlagsOffset];
        var reader = new ByteReader(bytes[(FlagsOffset + 1)..]);
        reader.Varint();
        if ((flags & IsQuarantined) == 0)
        {
            reader.Varint();
        }
        var texts = ((flags & HasUnit) != 0 ? 1 : 0) + ((flags & IsQuarantined) != 0 ? 1 : 0);
        if ((flags & (HasUnit | HasDimensions)) == (HasUnit | HasDimensions))
        {
            reader.SkipText();
            texts--;
        }
        if ((flags & HasDimensions) != 0)
        {
            texts += 2 * reader.Int32();
        }
        for (; texts > 0; texts--)
        {
            reader.SkipText();
        }
        return reader.Int32();
    }

    private static void WriteCommon(ByteWriter writer, in UsageRecord record)
    {
        writer.Varint((ulong)record.Meter);
        if (record.Quarantine is null)
        {
            writer.Zigzag(record.UsagePeriod);
        }
        if (record.Unit is not null)
        {
            writer.Text(record.Unit);
        }
        if (record.Dimensions is { Length: > 0 } dimensions)
        {
            writer.Varint((ulong)dimensions.Length);
            foreach (var (name, value) in dimensions)
            {
                writer.Text(name);
                writer.Text(value);
            }
        }
        if (record.Quarantine is not null)
        {
            writer.Text(record.Quarantine);
        }
    }

    private static void WriteOwn(ByteWriter writer, in UsageRecord record)
    {
        writer.Varint((ulong)record.Device);
        if (record.Identifier != 0)
        {
            writer.Varint((ulong)record.Identifier);
        }
        if (record.Quarantine is null)
        {
            writer.Varint((ulong)record.Terms);
        }
        if (record.Late)
        {
            writer.Varint((ulong)(record.BilledPeriod - record.UsagePeriod));
        }
        writer.Zigzag(record.ReceivedAt - record.Time);
        writer.Decimal(record.Value);
    }

    private static KeyValuePair<string, string>[] ReadDimensions(ref ByteReader reader)
    {
        var dimensions = new KeyValuePair<string, string>[reader.Int32()];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = new(reader.Text(), reader.Text());
        }
        return dimensions;
    }
}
