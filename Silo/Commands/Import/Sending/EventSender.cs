using NodaTime;
using OrleansBilling.Silo.Commands.Api;

namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>
/// Sends events over a few lanes. A device keeps to one lane, so its events arrive in the order they were given; with a
/// test clock all lanes are emptied before the clock moves.
/// </summary>
internal sealed class EventSender
{
    private readonly SendLane[] _lanes;
    private readonly TestClock? _clock;
    private readonly AcknowledgedPrefix _acknowledged;

    public EventSender(
        BillingClient client,
        int batchSize,
        int lanes,
        TestClock? clock,
        AcknowledgedPrefix acknowledged,
        Action<OutgoingEvent, EventResult> onResult)
    {
        _clock = clock;
        _acknowledged = acknowledged;
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new SendLane(client, batchSize, acknowledged, onResult))];
    }

    /// <summary>Takes the next event; waits while its lane is full.</summary>
    public async ValueTask AddAsync(OutgoingEvent usage, CancellationToken cancel)
    {
        var time = Instant.FromUnixTimeTicks(usage.Ticks);
        if (_clock is not null && _clock.IsBehind(time))
        {
            await FlushAsync(cancel);
            await _clock.FollowAsync(time, cancel);
        }

        await _lanes[usage.Lane % (uint)_lanes.Length].AddAsync(usage, cancel);
        _acknowledged.Handed(usage.Sequence);
    }

    /// <summary>Sends everything and waits for the answers.</summary>
    public Task FlushAsync(CancellationToken cancel) => Task.WhenAll(_lanes.Select(lane => lane.FlushAsync(cancel)));

    /// <summary>Waits for what is on its way after a failure.</summary>
    public Task SettleAsync() => Task.WhenAll(_lanes.Select(lane => lane.SettleAsync()));
}
