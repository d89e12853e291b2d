using CsCheck;
using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Tests.Devices;

public sealed class TestAllowanceTests
{
    private static readonly string[] Meters = ["data", "sms", "voice"];
    private static readonly FreeUsage[] Free = [new("data", 100m), new("sms", 2m)];

    [Theory]
    [InlineData("1 data 60; 3 data 40", null)]
    [InlineData("1 data 60; 3 data 40; 2 data 1", 3L)]
    [InlineData("1 data 60; 3 data 40; 3 data 0.1", 3L)]
    [InlineData("5 data 100; 1 sms 2; 2 sms 0", null)]
    [InlineData("5 data 100; 1 sms 2; 2 sms 1", 2L)]
    [InlineData("1 data 1; 4 voice 0", 4L)]
    [InlineData("9 data 101; 4 voice 0; 2 sms 3", 2L)]
    [InlineData("", null)]
    public void It_is_used_up_at_the_first_instant_through_which_too_much_was_used(string usage, long? at) =>
        Assert.Equal(at, TestAllowance.UsedUpAt(Free, Parse(usage)));

    [Fact]
    public void Order_makes_no_difference_and_more_usage_never_moves_it_forward() => Gen.Select(
        Gen.Select(Gen.Long[0, 8], Gen.Int[0, 2], Gen.Int[0, 60], (t, m, q) => new TestUsage(t, Meters[m], q, null)).Array[1, 12],
        Gen.Int[0, 1_000_000]).Sample((usage, seed) =>
    {
        var at = TestAllowance.UsedUpAt(Free, usage);
        var shuffled = usage.ToArray();
        new Random(seed).Shuffle(shuffled);
        var fewer = TestAllowance.UsedUpAt(Free, shuffled[1..]);
        return TestAllowance.UsedUpAt(Free, shuffled) == at && (fewer is null || at <= fewer)
            // What was before the instant is all that decides it: the rest need not be kept.
            && TestAllowance.UsedUpAt(Free, usage.Where(u => u.UnixTicks <= at || at is null)) == at;
    });

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", null, 1, "2026-02-28T12:00:00Z")]
    [InlineData("2026-03-01T12:00:00Z", 30, null, "2026-03-31T11:00:00Z")] // Summer time began in between.
    [InlineData("2026-02-28T01:30:00Z", null, 1, "2026-03-28T01:30:00Z")]
    [InlineData("2026-02-27T01:30:00Z", 30, null, "2026-03-29T01:30:00Z")] // 02:30 local is skipped: 03:30.
    [InlineData("2026-02-27T01:30:00Z", null, null, null)]
    public void A_time_is_up_at_the_same_local_time(string from, int? days, int? months, string? at)
    {
        var rule = new DeviceStateRule(LifecycleState.Test, null, days, months, []);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var settled = rule.Settle(NodaTime.Text.InstantPattern.General.Parse(from).Value, zone);
        Assert.Equal(at, settled.ActivateAt is { } until ? NodaTime.Text.InstantPattern.General.Format(until) : null);
    }

    [Fact]
    public void Every_state_leads_to_the_end_and_nothing_leads_back_into_stock_from_use()
    {
        foreach (var state in Enum.GetValues<LifecycleState>())
        {
            Assert.True(LifecycleTransitions.Allows(state, state));
            Assert.Equal(state == LifecycleState.Terminated, LifecycleTransitions.After(state).Length == 0);
            Assert.True(LifecycleTransitions.Allows(state, LifecycleState.Terminated));
        }
        foreach (var used in new[] { LifecycleState.Active, LifecycleState.Suspended, LifecycleState.Standby })
        {
            Assert.False(LifecycleTransitions.Allows(used, LifecycleState.Inventory));
            Assert.False(LifecycleTransitions.Allows(used, LifecycleState.Test));
            Assert.False(LifecycleTransitions.Allows(used, LifecycleState.ActivationReady));
        }
    }

    private static TestUsage[] Parse(string text) =>
    [
        .. text.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' ')).Select(p => new TestUsage(
            long.Parse(p[0], System.Globalization.CultureInfo.InvariantCulture), p[1],
            decimal.Parse(p[2], System.Globalization.CultureInfo.InvariantCulture), null)),
    ];
}
