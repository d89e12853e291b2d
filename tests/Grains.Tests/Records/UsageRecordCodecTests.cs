using CsCheck;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Records;

public sealed class UsageRecordCodecTests
{
    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.String[Gen.Char['!', '\u2fff'], 1, 40],
        Gen.Guid.Select(id => id.ToString("D")),
        Gen.Guid.Select(id => id.ToString("D").ToUpperInvariant()),
        Gen.Guid.Select(id => id.ToString("N")),
        Gen.Guid.Select(id => id.ToString("N").ToUpperInvariant()),
        // Nearly UUIDs.
        Gen.Select(Gen.Guid, Gen.Int[0, 35], Gen.Char[" -+xX0aAgG"], (id, at, other) =>
            id.ToString("D").Remove(at, 1).Insert(at, other.ToString())),
        Gen.Select(Gen.Guid, Gen.Int[0, 31], Gen.Char[" -+xX0aAgG"], (id, at, other) =>
            id.ToString("N").Remove(at, 1).Insert(at, other.ToString())));

    private static readonly Gen<UsageRecord> Records =
        from identifier in Gen.OneOf(Gen.Const(0), Gen.Int[1, 1_000])
        from device in Gen.Int[0, int.MaxValue]
        from meter in Gen.Int[0, 1_000]
        from id in Ids
        from time in Gen.Long[-22_089_888_000_000_000, 72_581_184_000_000_000]
        from delay in Gen.Long[-3_000_000_000, 300_000_000_000_000]
        from value in Gen.Decimal
        from unit in Gen.Bool.Select(b => b ? "kWh" : null)
        from dimensions in Gen.Select(Gen.String[0, 64], Gen.String[0, 64], KeyValuePair.Create).Array[0, 16]
        from reason in Gen.Bool.Select(b => b ? "usage.unassigned" : null)
        from usage in Gen.Int[-100, 10_000]
        from late in Gen.Int[0, 500]
        select new UsageRecord
        {
            Device = device, Identifier = identifier, Meter = meter, EventId = id, Time = time, ReceivedAt = time + delay, Value = value,
            Unit = unit,
            Dimensions = dimensions.Length == 0 ? null : dimensions, Quarantine = reason,
            Terms = reason is null ? 7 : 0, UsagePeriod = reason is null ? usage : 0, BilledPeriod = reason is null ? usage + late : 0,
        };

    [Fact]
    public void What_was_written_is_read_back_whole() => Records.Sample(record =>
    {
        var writer = new ByteWriter();
        UsageRecordCodec.Write(writer, record);
        AssertSame(record, UsageRecordCodec.Read(writer.Written));
        Assert.Equal(record.Device, UsageRecordCodec.PeekDevice(writer.Written));
    });

    /// <summary>The golden files were made by hand from the formats' descriptions, not by a codec.</summary>
    [Theory]
    [InlineData("usage-v1-billed.hex", false)]
    [InlineData("usage-v2-billed.hex", true)]
    public void Billed_usage_of_each_version_is_read_and_that_of_the_newest_written_byte_for_byte(string file, bool isNewest)
    {
        var record = new UsageRecord
        {
            Device = 7, Meter = 2, EventId = "e1", Time = 1_300_000_000_000_000, ReceivedAt = 1_300_000_000_000_000 + 29_000_000,
            Value = 25.16m, Unit = "kWh", Dimensions = [KeyValuePair.Create("dir", "up")], Terms = 3, UsagePeriod = 2, BilledPeriod = 3,
        };
        AssertGolden(file, record, isNewest);
    }

    [Theory]
    [InlineData("usage-v1-quarantined.hex", "x\u00e9z", 0, false)]
    [InlineData("usage-v2-quarantined.hex", "0f8fad5b-d9cb-469f-a165-70867728950e", 5, true)]
    public void Usage_in_quarantine_of_each_version_is_read(string file, string id, int identifier, bool isNewest) => AssertGolden(
        file,
        new()
        {
            Device = 16_384, Identifier = identifier, Meter = 0, EventId = id, Time = -1, ReceivedAt = 66, Value = -0.5m,
            Quarantine = "usage.unassigned",
        },
        isNewest);

    [Fact]
    public void A_form_of_ids_that_a_newer_program_wrote_is_refused()
    {
        var bytes = Convert.FromHexString(Golden("usage-v2-billed.hex"));
        bytes[9] |= 7 << 5;

        Assert.Contains("Form 7", Assert.Throws<InvalidDataException>(() => UsageRecordCodec.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_event_takes_at_most_fifty_bytes()
    {
        var writer = new ByteWriter();
        UsageRecordCodec.Write(writer, new()
        {
            Device = 100_000, Meter = 3, EventId = "2026-03-09T12:00", Time = 17_730_000_000_000_000, ReceivedAt = 17_730_000_100_000_000,
            Value = 0.141m, Terms = 50_000, UsagePeriod = 14, BilledPeriod = 14,
        });
        Assert.InRange(writer.Length, 1, 50);
    }

    /// <summary>What an event costs with a random UUID beside others of its batch: the aim is 40 bytes, and the framing takes two.</summary>
    [Fact]
    public void An_event_of_a_batch_adds_at_most_thirty_two_bytes_to_what_it_has_in_common_with_the_others()
    {
        byte[][] records = [.. new[] { 100, 6_000 }.Select(device =>
        {
            var writer = new ByteWriter();
            UsageRecordCodec.Write(writer, new()
            {
                Device = device, Meter = 3, EventId = Guid.NewGuid().ToString(), Time = 17_730_000_000_000_000 + device,
                ReceivedAt = 17_730_000_001_000_000, Value = 0.141m, Terms = 5_000, UsagePeriod = 14, BilledPeriod = 14,
            });
            return writer.Written.ToArray();
        })];

        Assert.InRange(records[1].Length - records[1].AsSpan().CommonPrefixLength(records[0]), 16, 32);
    }

    private static void AssertGolden(string file, in UsageRecord record, bool isNewest)
    {
        AssertSame(record, UsageRecordCodec.Read(Convert.FromHexString(Golden(file))));
        Assert.Equal(record.Device, UsageRecordCodec.PeekDevice(Convert.FromHexString(Golden(file))));
        if (isNewest)
        {
            var writer = new ByteWriter();
            UsageRecordCodec.Write(writer, record);
            Assert.Equal(Golden(file), Convert.ToHexString(writer.Written));
        }
    }

    private static string Golden(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Records", "Golden", name)).Trim();

    private static void AssertSame(UsageRecord expected, UsageRecord actual)
    {
        Assert.Equal(expected.Dimensions ?? [], actual.Dimensions ?? []);
        Assert.Equal(decimal.GetBits(expected.Value), decimal.GetBits(actual.Value));
        Assert.Equal(
            (expected.Device, expected.Meter, expected.EventId, expected.Time, expected.ReceivedAt, expected.Unit, expected.Quarantine),
            (actual.Device, actual.Meter, actual.EventId, actual.Time, actual.ReceivedAt, actual.Unit, actual.Quarantine));
        Assert.Equal(
            (expected.Identifier, expected.Terms, expected.UsagePeriod, expected.BilledPeriod),
            (actual.Identifier, actual.Terms, actual.UsagePeriod, actual.BilledPeriod));
    }
}
