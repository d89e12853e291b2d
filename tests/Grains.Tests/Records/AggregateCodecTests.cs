using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Records;

public sealed class AggregateCodecTests
{
    /// <summary>Kind, then scale and mantissa of a decimal; zigzag ticks before it; or a number of texts.</summary>
    [Theory]
    [InlineData(AggregationKind.Sum, "000101")]
    [InlineData(AggregationKind.Max, "010101")]
    [InlineData(AggregationKind.Min, "020101")]
    [InlineData(AggregationKind.Latest, "030E0101")]
    [InlineData(AggregationKind.Unique, "0402016202C3A9")]
    public void An_aggregate_is_stored_as_it_was_released(AggregationKind kind, string bytes)
    {
        var aggregate = Aggregate.Restore(kind, 0.10m, Instant.FromUnixTimeTicks(7), ["é", "b"]);
        var writer = new ByteWriter();
        AggregateCodec.Write(writer, aggregate);
        Assert.Equal(bytes, Convert.ToHexString(writer.Written));

        var reader = new ByteReader(writer.Written);
        var again = AggregateCodec.Read(ref reader);
        Assert.True(reader.AtEnd);
        Assert.Equal((aggregate.Kind, aggregate.Value, aggregate.Time), (again.Kind, again.Value, again.Time));
        Assert.Equal(aggregate.Distinct ?? [], again.Distinct ?? []);
    }
}
