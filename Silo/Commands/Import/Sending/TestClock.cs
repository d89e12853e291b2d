using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Silo.Commands.Api;

namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>
/// Moves the tenant's test clock along with the data, only forward. Each move leaps as far as the tenant's grace allows
/// without closing a period that still has events to come, so that years of readings need few moves.
/// </summary>
internal sealed class TestClock
{
    private readonly BillingClient _client;
    private readonly Duration _grace;
    private readonly Duration _leap;

    private TestClock(BillingClient client, Instant now, Duration grace, Duration leap)
    {
        _client = client;
        Now = now;
        _grace = grace;
        _leap = leap;
    }

    /// <summary>Where it stands.</summary>
    public Instant Now { get; private set; }

    /// <summary>How often it was moved.</summary>
    public int Moves { get; private set; }

    /// <summary>Reads the tenant's clock.</summary>
    /// <param name="client">With the tenant's key.</param>
    /// <param name="inOrder">Whether events come in order of time; if not, half of the grace is left for
    /// stragglers.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="UsageException">The tenant runs on the wall clock.</exception>
    public static async Task<TestClock> OpenAsync(BillingClient client, bool inOrder, CancellationToken cancel)
    {
        var clock = await client.GetAsync("v1/clock", cancel);
        if (clock.GetProperty("kind").GetString() != "test")
        {
            throw new UsageException(
                "--clock follow needs a tenant with a test clock; this one runs on the wall clock.");
        }

        var now = Read(clock, "now");
        var grace = Duration.Max(Duration.Zero, now - Read(clock, "sealedThrough"));
        return new(client, now, grace, inOrder ? grace : grace / 2);
    }

    /// <summary>Whether the clock must move before an event of this time may be sent.</summary>
    public bool IsBehind(Instant time) => time > Now;

    /// <summary>
    /// Moves the clock so that an event of this time is in the past; everything before it must be acknowledged.
    /// </summary>
    public Task FollowAsync(Instant time, CancellationToken cancel) => MoveToAsync(time + _leap, cancel);

    /// <summary>Moves the clock until all that ended by then is closed.</summary>
    public Task CloseAsync(Instant end, CancellationToken cancel) => MoveToAsync(end + _grace, cancel);

    /// <summary>Moves the clock; a time behind it does nothing.</summary>
    public async Task MoveToAsync(Instant to, CancellationToken cancel)
    {
        if (to <= Now)
        {
            return;
        }

        await _client.PostAsync("v1/clock/advance", new JsonObject { ["to"] = EventJson.Time(to) }, cancel);
        Now = to;
        Moves++;
    }

    private static Instant Read(JsonElement clock, string name) => Instant.FromDateTimeOffset(
        DateTimeOffset.Parse(clock.GetProperty(name).GetString()!, CultureInfo.InvariantCulture));
}
