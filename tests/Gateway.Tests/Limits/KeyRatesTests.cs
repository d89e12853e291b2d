using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Limits;

public sealed class KeyRatesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LimitMetrics _metrics;
    private readonly KeyRates _rates;

    public KeyRatesTests()
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>());
        _rates = new(new() { RequestsPerSecond = 2, EventsPerSecond = 0 }, _metrics, _time);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_key_without_limits_has_those_of_the_settings_and_zero_is_no_limit()
    {
        var key = Key("a");
        _rates.TakeEvents(key, int.MaxValue);
        _rates.TakeEvents(key, int.MaxValue);
        _rates.TakeRequest(key);
        _rates.TakeRequest(key);
        var limited = Assert.Throws<ProblemException>(() => _rates.TakeRequest(key)).Problem;
        Assert.Equal((429, "limit.requests_per_second", 1), (limited.Status, limited.Code, limited.RetryAfterSeconds));
        Assert.Contains("2 requests a second", limited.Detail, StringComparison.Ordinal);
        _rates.TakeRequest(Key("b"));
    }

    [Fact]
    public void The_wait_that_is_told_is_long_enough_and_not_a_second_longer()
    {
        var key = Key("a") with { EventsPerSecond = 10 };
        _rates.TakeEvents(key, 55);
        var wait = Assert.Throws<ProblemException>(() => _rates.RequireEvents(key)).Problem.RetryAfterSeconds!.Value;
        Assert.Equal(5, wait);
        _time.Advance(TimeSpan.FromSeconds(wait - 1));
        Assert.Throws<ProblemException>(() => _rates.TakeEvents(key, 1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _rates.TakeEvents(key, 1);
    }

    [Fact]
    public async Task A_stream_waits_for_its_turn_and_stops_waiting_when_it_is_ended()
    {
        var key = Key("a") with { EventsPerSecond = 10 };
        await _rates.TakeEventsInTimeAsync(key, 30, default);
        var waiting = _rates.TakeEventsInTimeAsync(key, 1, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));

        using var end = new CancellationTokenSource();
        await _rates.TakeEventsInTimeAsync(key with { Sha256 = "b" }, 100, end.Token);
        waiting = _rates.TakeEventsInTimeAsync(key with { Sha256 = "b" }, 1, end.Token).AsTask();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var key = Key("a") with { RequestsPerSecond = 1_000_000, EventsPerSecond = 100_000_000 };
        _rates.TakeRequest(key);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _rates.TakeRequest(key);
            _rates.RequireEvents(key);
            _rates.TakeEvents(key, 100);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Keys_that_use_nothing_are_forgotten_and_those_that_owe_are_not()
    {
        var owing = Key("owing") with { EventsPerSecond = 1 };
        _rates.TakeEvents(owing, 3_600);
        for (var i = 0; i < KeyRates.Kept * 3; i++)
        {
            _rates.TakeRequest(Key(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.InRange(_rates.Count, 1, KeyRates.Kept * 2);
        Assert.Throws<ProblemException>(() => _rates.TakeEvents(owing, 1));
    }

    [Fact]
    public void A_tenant_that_has_all_its_places_or_bytes_leaves_those_of_the_others()
    {
        var calls = new TenantCalls(new() { CallsAtOncePerTenant = 3, HeavyCallsAtOncePerTenant = 1 }, _metrics);
        var (light, heavy) = (calls.Enter("noisy", false), calls.Enter("noisy", true));
        Assert.Equal("limit.heavy_calls_at_once", Code(() => calls.Enter("noisy", true)));
        calls.Enter("quiet", true).Dispose();
        using (calls.Enter("noisy", false))
        {
            Assert.Equal("limit.calls_at_once", Code(() => calls.Enter("noisy", false)));
            calls.Enter("quiet", false).Dispose();
        }
        heavy.Dispose();
        calls.Enter("noisy", true).Dispose();
        light.Dispose();

        var budget = new BodyBudget(_metrics);
        var held = Enumerable.Range(0, (int)(BodyBudget.TenantLimit / BodyLimit.Events)).Select(_ => budget.Rent("noisy", BodyLimit.Events)).ToList();
        Assert.Equal("limit.bytes_at_once", Code(() => budget.Rent("noisy", 1)));
        budget.Return("quiet", budget.Rent("quiet", BodyLimit.Events));
        held.ForEach(buffer => budget.Return("noisy", buffer));
        budget.Return("noisy", budget.Rent("noisy", BodyLimit.Events));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000_001)]
    public void A_limit_that_makes_no_sense_stops_the_start_and_is_named(int wrong)
    {
        var refused = Assert.Throws<GatewayConfigurationException>(new GatewayLimits { EventsPerSecond = wrong }.Check);
        Assert.Contains("Gateway:Limits:EventsPerSecond", refused.Message, StringComparison.Ordinal);
    }

    private static string Code(Func<object> refused) => Assert.Throws<ProblemException>(refused).Problem.Code;

    private static ApiKeyRecord Key(string hash) => new(hash, "ob_12345678", "acme", false, Instant.MinValue);
}
