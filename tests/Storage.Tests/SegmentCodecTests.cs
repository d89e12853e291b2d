using System.Text;
using CsCheck;
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
    public void A_segment_of_format_1_is_still_read()
    {
        var golden = Convert.FromHexString(ReadGolden("segment-v1.hex"));

        var segment = SegmentCodec.Decode(golden, 7, 1001, 1003);

        Assert.Equal(Header, segment.Header);
        Assert.Equal(["first", "", new string('x', 200)], segment.Records());
    }

    /// <summary>The golden file was made from the format's description, not by the codec.</summary>
    [Fact]
    public void A_segment_of_format_2_is_read_and_written_byte_for_byte()
    {
        var golden = Convert.FromHexString(ReadGolden("segment-v2.hex"));
        string[] records = ["first", "", "fire and more", "fire and more", new string('x', 200)];

        var segment = SegmentCodec.Decode(golden, 7, 1001, 1005);

        Assert.Equal(Header with { RecordCount = 5 }, segment.Header);
        Assert.Equal(records, segment.Records());
        Assert.Equal(golden, Stores.Segment(Header, records).Encoded.ToArray());
    }

    [Fact]
    public void Records_come_back_whatever_they_have_in_common() => Gen
        .Select(Gen.Int[0, 1_500], Gen.Byte[0, 2].Array[0, 6], (same, end) => (byte[])[.. Enumerable.Repeat((byte)1, same), .. end])
        .List[1, 40].Sample(records =>
        {
            var written = SegmentCodec.Encode(Header, [.. records.Select(record => new ReadOnlyMemory<byte>(record))]);
            var buffer = new SegmentBuffer();
            buffer.Start(Header.FirstLsn);
            foreach (var record in records)
            {
                buffer.EnsureRoom(record.Length);
                buffer.Add(record, 0);
            }
            var sealedOne = buffer.Seal(Header.Partition, Header.Epoch, Header.RecordedTicks);

            foreach (var one in new[] { written, sealedOne })
            {
                var (index, header) = (0, one.Header);
                foreach (var record in SegmentCodec.Decode(one.Encoded, header.Partition, header.FirstLsn, header.LastLsn))
                {
                    Assert.Equal(records[index++], record.Bytes.ToArray());
                }
                Assert.Equal(records.Count, index);
            }
        });

    [Fact]
    public void What_a_record_has_in_common_with_the_one_before_is_stored_once()
    {
        var (alone, twice) = (Stores.Segment(Header, "0123456789a"), Stores.Segment(Header, "0123456789a", "0123456789b"));

        Assert.Equal(alone.Encoded.Length + 3, twice.Encoded.Length);
    }

    [Theory]
    // More in common than the record before has; more bytes than there are; a record too few.
    [InlineData("0001410201" + "42", "leaves the payload")]
    [InlineData("0001410105" + "42", "leaves the payload")]
    [InlineData("000141", "it holds 1 records")]
    public void A_payload_that_no_writer_makes_is_refused(string payload, string problem)
    {
        byte[] encoded = [.. new byte[SegmentCodec.HeaderLength], .. Convert.FromHexString(payload)];
        SegmentCodec.WriteHeader(encoded, Header with { RecordCount = 2 });

        var error = Assert.Throws<LogCorruptException>(() => SegmentCodec.Decode(encoded, 7, 1001, 1002));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
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
