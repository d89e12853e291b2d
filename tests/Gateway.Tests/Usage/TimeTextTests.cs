using System.Globalization;
using System.Text;
using CsCheck;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    [InlineData("1969-12-31T23:59:59.9999999z", -1)]
    [InlineData("1970-01-01 00:00:00.0000001Z", 1)]
    [InlineData("1970-01-01t00:00:00.000000199Z", 1)]
    [InlineData("1970-01-01T00:00:01.5-00:00", 15_000_000)]
    public void A_time_with_an_offset_is_read_to_100_nanoseconds(string text, long ticks)
    {
        Assert.True(Parse(text, out var read));
        Assert.Equal(ticks, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T08:00:00")]
    [InlineData("2026-01-31T08:00Z")]
    [InlineData("2026-02-29T08:00:00Z")]
    [InlineData("2026-13-01T08:00:00Z")]
    [InlineData("2026-01-00T08:00:00Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T08:60:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2026-01-31T08:00:00.Z")]
    [InlineData("2026-01-31T08:00:00.1234567890Z")]
    [InlineData("2026-01-31T08:00:00+0100")]
    [InlineData("2026-01-31T08:00:00+24:00")]
    [InlineData("2026-01-31T08:00:00Zulu")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("20260131T080000Z")]
    [InlineData("2026/01/31T08:00:00Z")]
    public void Anything_else_is_refused(string text) => Assert.False(Parse(text, out _));

    [Fact]
    public void Every_time_that_is_written_is_read_again() =>
        Gen.Select(
            Gen.Long[DateTime.MinValue.Ticks + TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay],
            Gen.Int[-840, 840]).Sample((ticks, minutes) =>
        {
            var utc = new DateTimeOffset(new DateTime(ticks, DateTimeKind.Utc));
            var time = utc.ToOffset(TimeSpan.FromMinutes(minutes));
            var text = time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
            return Parse(text, out var read) && read == ticks - DateTime.UnixEpoch.Ticks;
        });

    private static bool Parse(string text, out long ticks) =>
        TimeText.TryParse(Encoding.UTF8.GetBytes(text), out ticks);
}
