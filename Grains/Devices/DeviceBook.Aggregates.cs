using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Aggregates in snapshots, after the slices and devices they belong to; a unique count has a record of its
/// own.</summary>
internal sealed partial class DeviceBook
{
    /// <summary>Restores aggregates of a slice, one record a bucket.</summary>
    public void RestoreSliceAggregate(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var slice = (MergingSlice)_terms[reader.Int32()].Slice((int)reader.Zigzag(), (int)reader.Zigzag());
        slice.Merge(new(reader.Int32(), reader.Int32()), AggregateCodec.Read(ref reader));
        _outbox.Touch(slice);
    }

    /// <summary>Restores one aggregate of a device.</summary>
    public void RestoreDeviceAggregate(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var device = _devices[reader.Int32()];
        var place = new DeviceBucket(
            reader.Int32(), (int)reader.Zigzag(), new BucketKey((int)reader.Zigzag(), reader.Int32()));
        device.SetAggregate(place, AggregateCodec.Read(ref reader));
    }

    private void WriteAggregates(ByteWriter writer, Action<ReadOnlySpan<byte>> sink)
    {
        foreach (var slice in _terms.SelectMany(t => t.Slices).OfType<MergingSlice>())
        {
            foreach (var ((charge, bucket), aggregate) in slice.Aggregates)
            {
                Begin(writer, RecordType.SliceAggregates);
                writer.Varint((ulong)slice.Terms.Index);
                writer.Zigzag(slice.UsagePeriod);
                writer.Zigzag(slice.BilledPeriod);
                writer.Varint((ulong)charge);
                writer.Varint((ulong)bucket);
                AggregateCodec.Write(writer, aggregate);
                sink(writer.Written);
            }
        }
        foreach (var device in _devices)
        {
            foreach (var (place, aggregate) in device.Aggregates)
            {
                Begin(writer, RecordType.DeviceAggregates);
                writer.Varint((ulong)device.Index);
                writer.Varint((ulong)place.Terms);
                writer.Zigzag(place.UsagePeriod);
                writer.Zigzag(place.Key.Charge);
                writer.Varint((ulong)place.Key.Bucket);
                AggregateCodec.Write(writer, aggregate);
                sink(writer.Written);
            }
        }
    }
}
