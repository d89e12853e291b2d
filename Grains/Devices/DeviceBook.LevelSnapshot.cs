using NodaTime;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Levels in snapshots, after devices: how far subscriptions are counted, then one record for each level.</summary>
internal sealed partial class DeviceBook
{
    public void RestoreCarried(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var first = _terms[reader.Int32()];
        var carried = _carried[first] = new();
        var through = (int)reader.Zigzag();
        carried.CountedThrough(through, first.Calendar.Period(through).End.ToUnixTimeTicks());
    }

    public void RestoreLevels(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var device = _devices[reader.Int32()];
        var meter = _meters[reader.Int32()];
        var set = device.LevelsOf(meter);
        if (set is null)
        {
            device.AddLevels(set = new(meter));
            Follow(device);
        }
        var (from, to) = reader.Byte() == 0 ? (long.MinValue, long.MaxValue) : (reader.Zigzag(), reader.Zigzag());
        var dimensions = new KeyValuePair<string, string>[reader.Int32()];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = new(reader.Text(), reader.Text());
        }
        var readings = new LevelReading[reader.Int32()];
        long ticks = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            ticks += reader.Zigzag();
            readings[i] = new(Instant.FromUnixTimeTicks(ticks), reader.Decimal());
        }
        set.Add(new(dimensions, from, to, new(meter.Definition.Source, readings)));
    }

    private void WriteLevels(ByteWriter writer, Action<ReadOnlySpan<byte>> sink)
    {
        foreach (var (first, carried) in _carried)
        {
            Begin(writer, RecordType.LevelsCarried);
            writer.Varint((ulong)first.Index);
            writer.Zigzag(carried.Through);
            sink(writer.Written);
        }
        foreach (var device in _devices)
        {
            foreach (var set in device.Levels)
            {
                foreach (var series in set.Series)
                {
                    WriteLevel(device, set.Meter, series, writer);
                    sink(writer.Written);
                }
            }
        }
    }

    private static void WriteLevel(DeviceState device, MeterEntry meter, LevelSeries series, ByteWriter writer)
    {
        Begin(writer, RecordType.LevelReadings);
        writer.Varint((ulong)device.Index);
        writer.Varint((ulong)meter.Index);
        writer.Byte(meter.Definition.Carries ? (byte)0 : (byte)1);
        if (!meter.Definition.Carries)
        {
            writer.Zigzag(series.FromTicks);
            writer.Zigzag(series.ToTicks);
        }
        writer.Varint((ulong)series.Dimensions.Length);
        foreach (var (name, value) in series.Dimensions)
        {
            writer.Text(name);
            writer.Text(value);
        }
        writer.Varint((ulong)series.History.Readings.Count);
        long previous = 0;
        foreach (var reading in series.History.Readings)
        {
            var ticks = reading.Time.ToUnixTimeTicks();
            writer.Zigzag(ticks - previous);
            previous = ticks;
            writer.Decimal(reading.Value);
        }
    }
}
