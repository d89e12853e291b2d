using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Idempotency;

namespace OrleansBilling.Grains.Tests.Idempotency;

public sealed class IdempotentCallTests
{
    private static readonly CallAnswer Answer = new("f", default, 201, "application/json", "/v1/things/1", [1, 2, 3], false);

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task An_answer_is_kept_for_31_days_over_restarts(long snapshotAtStop)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var cluster = await BillingCluster.StartAsync(snapshotAtStop: snapshotAtStop, time: time);
        Assert.Equal(CallState.New, (await Call(cluster).Begin("f")).State);
        Assert.Equal(CallState.Running, (await Call(cluster).Begin("f")).State);
        Assert.Equal(CallState.Different, (await Call(cluster).Begin("g")).State);
        await Call(cluster).Finish(Answer);

        await cluster.RestartAsync(snapshotAtStop);
        await cluster.RestartAsync(snapshotAtStop);
        time.Advance(TimeSpan.FromDays(30.9));
        var repeat = await Call(cluster).Begin("f");
        Assert.Equal((CallState.Answered, 201, "/v1/things/1"), (repeat.State, repeat.Answer!.Status, repeat.Answer.Location));
        Assert.Equal(Answer.Body, repeat.Answer.Body);
        Assert.Equal(CallState.Different, (await Call(cluster).Begin("g")).State);

        time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(CallState.New, (await Call(cluster).Begin("g")).State);
    }

    [Fact]
    public async Task A_call_that_was_given_up_or_takes_too_long_is_carried_out_again_and_the_first_answer_counts()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var cluster = await BillingCluster.StartAsync(time: time);
        await Call(cluster).Begin("f");
        await Call(cluster).Release("f");
        Assert.Equal(CallState.New, (await Call(cluster).Begin("f")).State);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CallState.New, (await Call(cluster).Begin("f")).State);

        Assert.Equal(Answer.Body, (await Call(cluster).Finish(Answer)).Body);
        Assert.Equal(Answer.Body, (await Call(cluster).Finish(Answer with { Body = [9] })).Body);
    }

    private static IIdempotentCallGrain Call(BillingCluster cluster) =>
        cluster.Grains.GetGrain<IIdempotentCallGrain>(EntityKey.Of("acme", "hash"));
}
