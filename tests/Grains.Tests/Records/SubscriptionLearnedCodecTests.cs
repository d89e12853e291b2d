using OrleansBilling.Grains.Log;
using CsCheck;
using NodaTime;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Records;

public sealed class SubscriptionLearnedCodecTests
{
    private static readonly Gen<Instant> Instants =
        from seconds in Gen.Long[Instant.MinValue.ToUnixTimeSeconds(), Instant.MaxValue.ToUnixTimeSeconds()]
        from nanoseconds in Gen.OneOf(Gen.Const(0), Gen.Int[0, 999_999_999])
        select Instant.FromUnixTimeSeconds(seconds) + Duration.FromNanoseconds((long)nanoseconds);

    private static readonly Gen<SubscriptionLearned> Facts =
        from id in Gen.String[Gen.Char['!', '\u2fff'], 1, 40]
        from version in Gen.Int[1, int.MaxValue]
        from start in Instants
        from end in Instants.Nullable()
        select new SubscriptionLearned("tenant", id, "plan", version, start, end, "Europe/Berlin", "2026-01-31");

    [Fact]
    public void What_was_written_is_read_back_whole() =>
        Facts.Sample(fact => Assert.Equal(fact, RareRecordCodec.Decode(RareRecordCodec.Encode(fact))));

    /// <summary>Made by hand from the format's description: type 2E, version 1, texts behind their lengths, ticks as
    /// zigzag varints, then nanoseconds.</summary>
    [Fact]
    public void Version_1_is_written_and_read_byte_for_byte()
    {
        var fact = new SubscriptionLearned(
            "t", "s1", "p", 300, Instant.FromUnixTimeTicks(64) + Duration.FromNanoseconds(7L), Instant.FromUnixTimeTicks(-1), "UTC", "2026");
        const string Expected = "2E01" + "0174" + "027331" + "0170" + "AC02" + "800107" + "01" + "0100" + "03555443" + "0432303236";
        Assert.Equal(Expected, Convert.ToHexString(RareRecordCodec.Encode(fact)));
        Assert.Equal(fact, RareRecordCodec.Decode(Convert.FromHexString(Expected)));
    }

    [Fact]
    public void A_newer_version_is_refused_not_misread() =>
        Assert.Throws<StoreLayoutException>(() => RareRecordCodec.Decode(Convert.FromHexString("2E020174")));
}
