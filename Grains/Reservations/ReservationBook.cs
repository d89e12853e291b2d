using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>
/// Reservations of one subscription, and what all of them keep. Its clock is that of its facts: whoever grants what another lease left
/// logs when, so that no later owner with a slower clock revives the lease.
/// </summary>
internal sealed class ReservationBook
{
    /// <summary>Reservations of a subscription at a time.</summary>
    public const int Most = 100_000;

    /// <summary>For how long one that is over is still known, so that a repeat is told as such.</summary>
    public static readonly Duration Kept = Duration.FromMinutes(10);

    private readonly Dictionary<string, Reservation> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lapsed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, Instant> _ends = new();
    private readonly Dictionary<(int Period, int Segment), Dictionary<BucketKey, decimal>> _held = [];

    /// <summary>Lets one request for the customer's money be under way at a time. Soft, as the next member.</summary>
    public AsyncGate Asking { get; } = new();

    /// <summary>Number of the newest request for money whose answer was used, or given up.</summary>
    public long Asked { get; set; }

    /// <summary>Periods and plan segments of which something is kept.</summary>
    public IReadOnlyCollection<(int Period, int Segment)> Places => _held.Keys;

    /// <summary>No decision is made as of an earlier instant.</summary>
    public Instant Clock { get; private set; } = Instant.MinValue;

    public int Count => _all.Count;

    public IReadOnlyCollection<Reservation> All => _all.Values;

    /// <summary>Those whose report may not have reached the device.</summary>
    public IReadOnlyCollection<string> Unsettled => _unsettled;

    public Reservation? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>What is kept of a period and segment; a copy.</summary>
    /// <param name="without">Id of the reservation whose part is left out.</param>
    public Dictionary<BucketKey, decimal> Held(int period, int segment, string? without = null)
    {
        var held = _held.TryGetValue((period, segment), out var all) ? new Dictionary<BucketKey, decimal>(all) : [];
        if (without is not null && _all[without] is var own && (own.Period, own.Segment) == (period, segment))
        {
            foreach (var kept in own.Kept(_lapsed.Contains(without)))
            {
                held[kept.Hold.Key] -= kept.Quantity;
            }
        }
        return held;
    }

    public void Set(Instant at, Reservation reservation)
    {
        Advance(at);
        if (_all.TryGetValue(reservation.Id, out var before))
        {
            Keep(before, -1);
        }
        _lapsed.Remove(reservation.Id);
        _all[reservation.Id] = reservation;
        Keep(reservation, 1);
        if (before is null || before.ExpiresAt != reservation.ExpiresAt)
        {
            _ends.Enqueue(reservation.Id, reservation.ExpiresAt);
        }
        else if (reservation.ExpiresAt <= Clock)
        {
            Lapse(reservation);
        }
        _ = reservation.IsUnsettled ? _unsettled.Add(reservation.Id) : _unsettled.Remove(reservation.Id);
        Advance(at);
    }

    /// <summary>Ends the leases that are over by then, and forgets what is long over.</summary>
    public void Advance(Instant now)
    {
        Clock = Instant.Max(Clock, now);
        while (_ends.TryPeek(out var id, out var due) && due <= Clock)
        {
            _ends.Dequeue();
            if (!_all.TryGetValue(id, out var reservation) || reservation.ExpiresAt > due)
            {
                continue;
            }
            if (!_lapsed.Contains(id))
            {
                Lapse(reservation);
                _ends.Enqueue(id, reservation.ExpiresAt + Kept);
            }
            else if (reservation.IsUnsettled)
            {
                _ends.Enqueue(id, Clock + Kept);
            }
            else if (reservation.ExpiresAt + Kept <= Clock)
            {
                _all.Remove(id);
                _lapsed.Remove(id);
            }
        }
    }

    private void Lapse(Reservation reservation)
    {
        Keep(reservation, -1);
        _lapsed.Add(reservation.Id);
        Keep(reservation, 1);
    }

    private void Keep(Reservation reservation, int sign)
    {
        var place = (reservation.Period, reservation.Segment);
        if (!_held.TryGetValue(place, out var held))
        {
            _held[place] = held = [];
        }
        foreach (var kept in reservation.Kept(_lapsed.Contains(reservation.Id)))
        {
            var sum = held.GetValueOrDefault(kept.Hold.Key) + (sign * kept.Quantity);
            if (sum == 0m)
            {
                held.Remove(kept.Hold.Key);
            }
            else
            {
                held[kept.Hold.Key] = sum;
            }
        }
        if (held.Count == 0)
        {
            _held.Remove(place);
        }
    }
}
