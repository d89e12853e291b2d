using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Gateway.Limits;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Limits;

public sealed class RateBucketTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_second_s_worth_can_be_taken_at_once_and_then_one_at_a_time()
    {
        var bucket = new RateBucket(_time, 4);
        Assert.Equal([null, null, null, null], Enumerable.Range(0, 4).Select(_ => bucket.Take(1)));
        Assert.Equal(TimeSpan.FromSeconds(0.25), bucket.Take(1));
        _time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Null(bucket.Take(1));
        Assert.NotNull(bucket.Take(1));
    }

    [Fact]
    public void A_batch_larger_than_the_bucket_is_taken_and_paid_for_by_those_who_come_after()
    {
        var bucket = new RateBucket(_time, 100);
        Assert.Null(bucket.Take(1_000));
        Assert.Equal(TimeSpan.FromSeconds(9.01), bucket.Take(1));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(bucket.Wait());
        _time.Advance(TimeSpan.FromSeconds(0.01));
        Assert.Null(bucket.Wait());
        Assert.Null(bucket.Take(1));
    }

    [Fact]
    public void Whoever_looks_or_is_refused_takes_nothing()
    {
        var bucket = new RateBucket(_time, 1);
        Assert.Null(bucket.Wait());
        Assert.Null(bucket.Take(1));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(1), bucket.Take(1));
        }
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bucket.IsFull);
        Assert.Null(bucket.Take(1));
    }

    [Fact]
    public void In_any_time_no_more_is_taken_than_the_rate_a_second_s_worth_and_one_batch_allow() =>
        Gen.Select(Gen.Int[1, 50], Gen.Select(Gen.Int[0, 400], Gen.Int[1, 120]).Array[1, 200]).Sample((perSecond, steps) =>
        {
            var time = new FakeTimeProvider();
            var bucket = new RateBucket(time, perSecond);
            var (taken, elapsed) = (0L, TimeSpan.Zero);
            foreach (var (pauseMs, units) in steps)
            {
                var pause = TimeSpan.FromMilliseconds(pauseMs);
                time.Advance(pause);
                elapsed += pause;
                taken += bucket.Take(units) is null ? units : 0;
                Assert.True(taken <= (elapsed.TotalSeconds * perSecond) + perSecond + 120 + 1e-6);
            }
        });

    [Fact]
    public async Task Callers_at_once_share_one_bucket()
    {
        var bucket = new RateBucket(_time, 1_000);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 1_000).Count(_ => bucket.Take(1) is null))));
        Assert.Equal(1_000, taken.Sum());
    }
}
