namespace OrleansBilling.Grains.Records;

/// <summary>
/// Reads the packed form of <see cref="UsageRecord"/> of version 1, which is not written any more. That of usage which named an identifier
/// has a type of its own and the identifier's number behind the device's.
/// </summary>
internal static class FirstUsageCodec
{
    private const byte HasUnit = 1;
    private const byte HasDimensions = 2;
    private const byte IsQuarantined = 4;

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

    /// <summary>The device only, without decoding the rest.</summary>
    public static int PeekDevice(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes[2..]);
        return reader.Int32();
    }
}
