namespace OrleansBilling.Grains.Records;

/// <summary>
/// Packed form of <see cref="UsageRecord"/>, version 1. That of usage which named an identifier has a type of its own and the identifier's
/// number behind the device's.
/// </summary>
internal static class UsageRecordCodec
{
    private const byte HasUnit = 1;
    private const byte HasDimensions = 2;
    private const byte IsQuarantined = 4;

    public static void Write(ByteWriter writer, in UsageRecord record)
    {
        writer.Byte((byte)(record.Identifier == 0 ? RecordType.Usage : RecordType.IdentifiedUsage));
        writer.Byte((byte)(
            (record.Unit is null ? 0 : HasUnit)
            | (record.Dimensions is { Length: > 0 } ? HasDimensions : 0)
            | (record.Quarantine is null ? 0 : IsQuarantined)));
        writer.Varint((ulong)record.Device);
        if (record.Identifier != 0)
        {
            writer.Varint((ulong)record.Identifier);
        }
        writer.Varint((ulong)record.Meter);
        writer.Text(record.EventId);
        writer.Zigzag(record.Time);
        writer.Zigzag(record.ReceivedAt - record.Time);
        writer.Decimal(record.Value);
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
            return;
        }
        writer.Varint((ulong)record.Terms);
        writer.Zigzag(record.UsagePeriod);
        writer.Varint((ulong)(record.BilledPeriod - record.UsagePeriod));
    }

    /// <summary>Whether a record of the log is usage.</summary>
    public static bool IsUsage(ReadOnlySpan<byte> bytes) => (RecordType)bytes[0] is RecordType.Usage or RecordType.IdentifiedUsage;

    public static UsageRecord Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes[1..]);
        var flags = reader.Byte();
        var record = new UsageRecord
        {
            Device = reader.Int32(),
            Identifier = (RecordType)bytes[0] == RecordType.IdentifiedUsage ? reader.Int32() : 0,
            Meter = reader.Int32(),
            EventId = reader.Text(),
            Time = reader.Zigzag(),
            ReceivedAt = reader.Zigzag(),
            Value = reader.Decimal(),
        };
        record.ReceivedAt += record.Time;
        if ((flags & HasUnit) != 0)
        {
            record.Unit = reader.Text();
        }
        if ((flags & HasDimensions) != 0)
        {
            var dimensions = new KeyValuePair<string, string>[reader.Int32()];
            for (var i = 0; i < dimensions.Length; i++)
            {
                dimensions[i] = new(reader.Text(), reader.Text());
            }
            record.Dimensions = dimensions;
        }
        if ((flags & IsQuarantined) != 0)
        {
            record.Quarantine = reader.Text();
            return record;
        }
        record.Terms = reader.Int32();
        record.UsagePeriod = (int)reader.Zigzag();
        record.BilledPeriod = record.UsagePeriod + reader.Int32();
        return record;
    }

    /// <summary>Device and time only, without decoding the rest: enough to skip most records of a scan.</summary>
    public static int PeekDevice(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes[2..]);
        return reader.Int32();
    }
}
