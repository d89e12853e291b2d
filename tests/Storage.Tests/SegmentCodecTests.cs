using System.Text;
using OrleansBilling.Grains.Log;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public sealed class SegmentCodecTests
{
    private static readonly SegmentHeader Header = new(
        Partition: 7,
        Epoch: 3,
        FirstLsn: 1001,
        RecordCount: 3,
        RecordedTicks: 638_000_000_000_000_000,
        MinEventTicks: 637_999_990_000_000_000,
        MaxEventTicks: 637_999_999_000_000_000);

    private static readonly SegmentWrite Sample = Stores.Segment(Header, "first", "", new string('x', 200));

    [Fact]
    public void A_segment_of_format_1_is_still_read_and_still_written()
    {
        var golden = Convert.FromHexString(ReadGolden("segment-v1.hex"));

        var segment = SegmentCodec.Decode(golden, 7, 1001, 1003);

        Assert.Equal(Header, segment.Header);
        Assert.Equal(["first", "", new string('x', 200)], segment.Records());
        Assert.Equal(golden, Sample.Encoded.ToArray());
    }

    [Fact]
    public void Records_are_numbered_from_the_first_lsn()
    {
        var lsns = new List<long>();
        foreach (var record in SegmentCodec.Decode(Sample.Encoded, 7, 1001, 1003))
        {
            lsns.Add(record.Lsn);
        }

        Assert.Equal([1001, 1002, 1003], lsns);
    }

    [Fact]
    public void Every_single_flipped_bit_is_detected_and_named()
    {
        for (var bit = 0; bit < Sample.Encoded.Length * 8; bit++)
        {
            var damaged = Sample.Encoded.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            var error = Assert.Throws<LogCorruptException>(() => SegmentCodec.Decode(damaged, 7, 1001, 1003));

            Assert.StartsWith("The log of partition 7 is damaged at LSN 1001 to 1003: ", error.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_truncation_and_every_addition_is_detected()
    {
        for (var length = 0; length < Sample.Encoded.Length; length++)
        {
            var shortened = Sample.Encoded[..length];
            Assert.Throws<LogCorruptException>(() => SegmentCodec.Decode(shortened, 7, 1001, 1003));
        }
        byte[] longer = [.. Sample.Encoded.Span, 0];
        Assert.Throws<LogCorruptException>(() => SegmentCodec.Decode(longer, 7, 1001, 1003));
    }

    [Theory]
    [InlineData(6, 1001, 1003)]
    [InlineData(7, 1000, 1003)]
    [InlineData(7, 1001, 1004)]
    public void A_sound_segment_in_the_wrong_place_is_detected(int partition, long firstLsn, long lastLsn)
    {
        Assert.Throws<LogCorruptException>(() => SegmentCodec.Decode(Sample.Encoded, partition, firstLsn, lastLsn));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_384, 3)]
    [InlineData(2_097_152, 4)]
    [InlineData(268_435_456, 5)]
    [InlineData(int.MaxValue, 5)]
    public void A_length_takes_one_byte_for_each_seven_bits(int value, int size)
    {
        var bytes = new byte[Varint.MaxBytes];

        Assert.Equal(size, Varint.Write(bytes, value));
        Assert.Equal(size, Varint.SizeOf(value));
        Assert.True(Varint.TryRead(bytes, out var read, out var bytesRead));
        Assert.Equal((value, size), (read, bytesRead));
        Assert.False(Varint.TryRead(bytes.AsSpan(0, size - 1), out _, out _));
    }

    [Fact]
    public void The_checksum_is_crc_32c()
    {
        // The check value of the algorithm's published parameters (CRC-32/ISCSI).
        Assert.Equal(0xE3069283, Crc32C.Of(Encoding.ASCII.GetBytes("123456789")));
    }

    private static string ReadGolden(string name)
    {
        using var stream = typeof(SegmentCodecTests).Assembly.GetManifestResourceStream(
            $"OrleansBilling.Storage.Tests.Golden.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }
}
