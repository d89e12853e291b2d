using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Records;

/// <summary>Packed form of an aggregate: kind, then the value, the time and value, or the different values.</summary>
internal static class AggregateCodec
{
    public static void Write(ByteWriter writer, Aggregate aggregate)
    {
        writer.Byte((byte)aggregate.Kind);
        if (aggregate.Distinct is { } distinct)
        {
            writer.Varint((ulong)distinct.Count);
            foreach (var value in distinct)
            {
                writer.Text(value);
            }
            return;
        }
        if (aggregate.Kind == AggregationKind.Latest)
        {
            writer.Zigzag(aggregate.Time.ToUnixTimeTicks());
        }
        writer.Decimal(aggregate.Value);
    }

    public static Aggregate Read(ref ByteReader reader)
    {
        var kind = (AggregationKind)reader.Byte();
        if (kind == AggregationKind.Unique)
        {
            var distinct = new string[reader.Int32()];
            for (var i = 0; i < distinct.Length; i++)
            {
                distinct[i] = reader.Text();
            }
            return Aggregate.Restore(kind, 0m, NodaConstants.UnixEpoch, distinct);
        }
        var time = kind == AggregationKind.Latest
            ? Instant.FromUnixTimeTicks(reader.Zigzag())
            : NodaConstants.UnixEpoch;
        return Aggregate.Restore(kind, reader.Decimal(), time, null);
    }
}
