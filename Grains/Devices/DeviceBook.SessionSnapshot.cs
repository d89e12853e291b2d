using NodaTime;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Sessions in snapshots, after devices, one record for each.</summary>
internal sealed partial class DeviceBook
{
    public void RestoreSession(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var device = _devices[reader.Int32()];
        var meter = _meters[reader.Int32()];
        var id = reader.Text();
        var readings = new SessionReading[reader.Int32()];
        KeyValuePair<string, string>[] dimensions = [];
        long ticks = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            ticks += reader.Zigzag();
            var phases = (SessionPhases)reader.Byte();
            var value = reader.Decimal();
            if (reader.Byte() != 0)
            {
                dimensions = new KeyValuePair<string, string>[reader.Int32()];
                for (var d = 0; d < dimensions.Length; d++)
                {
                    dimensions[d] = new(reader.Text(), reader.Text());
                }
            }
            readings[i] = new(Instant.FromUnixTimeTicks(ticks), phases, value, dimensions);
        }
        device.SetSession(meter, id, new(meter.Definition.Session!, readings));
    }

    private void WriteSessions(ByteWriter writer, Action<ReadOnlySpan<byte>> sink)
    {
        foreach (var device in _devices)
        {
            foreach (var set in device.Sessions)
            {
                foreach (var (id, session) in set.Sessions)
                {
                    Begin(writer, RecordType.SessionReadings);
                    writer.Varint((ulong)device.Index);
                    writer.Varint((ulong)set.Meter.Index);
                    writer.Text(id);
                    WriteReadings(session, writer);
                    sink(writer.Written);
                }
            }
        }
    }

    /// <summary>Dimensions are told only where they change: mostly they are those of the record before.</summary>
    private static void WriteReadings(SessionHistory session, ByteWriter writer)
    {
        writer.Varint((ulong)session.Readings.Count);
        KeyValuePair<string, string>[] dimensions = [];
        long previous = 0;
        foreach (var reading in session.Readings)
        {
            var ticks = reading.Time.ToUnixTimeTicks();
            writer.Zigzag(ticks - previous);
            previous = ticks;
            writer.Byte((byte)reading.Phases);
            writer.Decimal(reading.Value);
            var changed = !reading.Dimensions.AsSpan().SequenceEqual(dimensions);
            writer.Byte(changed ? (byte)1 : (byte)0);
            if (changed)
            {
                dimensions = reading.Dimensions;
                writer.Varint((ulong)dimensions.Length);
                foreach (var (name, value) in dimensions)
                {
                    writer.Text(name);
                    writer.Text(value);
                }
            }
        }
    }
}
