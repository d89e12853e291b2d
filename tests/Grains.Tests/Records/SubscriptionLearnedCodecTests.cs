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
        from variant in Gen.OneOf(Gen.Const((string?)null), Gen.Const((string?)"0123456789abcdef"))
        select new SubscriptionLearned("tenant", id, "plan", version, start, end, "Europe/Berlin", "2026-01-31", variant);

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

    /// <summary>As version 1, with the text of the variant behind it.</summary>
    [Fact]
    public void Version_2_is_written_and_read_byte_for_byte_where_terms_were_agreed()
    {
        var fact = new SubscriptionLearned("t", "s1", "p", 1, Instant.FromUnixTimeTicks(0), null, "UTC", "2026", "ab");
        const string Expected = "2E02" + "0174" + "027331" + "0170" + "01" + "0000" + "00" + "03555443" + "0432303236" + "026162";
        Assert.Equal(Expected, Convert.ToHexString(RareRecordCodec.Encode(fact)));
        Assert.Equal(fact, RareRecordCodec.Decode(Convert.FromHexString(Expected)));
    }

    [Fact]
    public void A_newer_version_is_refused_not_misread() =>
        Assert.Throws<StoreLayoutException>(() => RareRecordCodec.Decode(Convert.FromHexString("2E030174")));
}
