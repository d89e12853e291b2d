using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>
/// The readings of one cumulative register of one device, in time order. Readings may arrive in any order: consistent
/// ones give the same consumption in every order. The consumption between two readings belongs to the later one's
/// instant.
/// </summary>
/// <remarks>Not thread-safe. Appending at the end is O(1); an insertion elsewhere moves the readings after
/// it.</remarks>
public sealed class RegisterHistory
{
    private readonly decimal? _rolloverAt;
    private readonly List<RegisterReading> _readings;

    /// <summary>An empty history, or one restored from a snapshot.</summary>
    /// <param name="register">The meter's register.</param>
    /// <param name="readings">As <see cref="Readings"/> gave them.</param>
    /// <param name="pruned">As <see cref="Pruned"/> gave it.</param>
    /// <exception cref="ArgumentException">The readings are not in strictly ascending time order.</exception>
    public RegisterHistory(
        CumulativeRegister register, IEnumerable<RegisterReading>? readings = null, bool pruned = false)
    {
        _rolloverAt = register.RolloverAt;
        _readings = [.. readings ?? []];
        Pruned = pruned;
        for (var i = 1; i < _readings.Count; i++)
        {
            if (_readings[i].Time <= _readings[i - 1].Time)
            {
                throw new ArgumentException($"Reading {i} at {_readings[i].Time} is out of order.", nameof(readings));
            }
        }
    }

    /// <summary>In time order.</summary>
    public IReadOnlyList<RegisterReading> Readings => _readings;

    /// <summary>Whether older readings were dropped, so that the first one here is not the baseline.</summary>
    public bool Pruned { get; private set; }

    /// <summary>Adds a reading.</summary>
    /// <param name="time">When it was read.</param>
    /// <param name="value">In the meter's unit.</param>
    /// <returns>When accepted: the reading's own consumption and, where it came between two known readings or before
    /// the first, the changed consumption of the reading after it.</returns>
    public RegisterResult Insert(Instant time, decimal value)
    {
        if (!InRange(value))
        {
            return RegisterResult.Rejected(RegisterOutcome.OutOfRange);
        }

        var index = Find(time);
        if (index >= 0)
        {
            return RegisterResult.Rejected(RegisterOutcome.SameInstant) is var conflict
                && (_readings[index].Value == value || _readings[index].RestartAt == value)
                ? new(RegisterOutcome.Accepted, [])
                : conflict;
        }

        return Place(~index, new(time, value), isNew: true);
    }

    /// <summary>Takes a reading out, as if it had never come.</summary>
    /// <param name="time">When it was read.</param>
    /// <returns>When accepted: the consumption of the reading after it, where that changes. The reading's own is gone:
    /// <see cref="ConsumptionAt"/> told it before. Refused as <see cref="RegisterOutcome.Backwards"/> where the readings around
    /// it do not fit together, as <see cref="RegisterOutcome.SameInstant"/> where a reset was declared at its instant, and as
    /// <see cref="RegisterOutcome.BeforeHistory"/> where it is not kept, or is the base of those that are.</returns>
    public RegisterResult Remove(Instant time)
    {
        var index = Find(time);
        if (index < 0 || (index == 0 && Pruned))
        {
            return RegisterResult.Rejected(RegisterOutcome.BeforeHistory);
        }

        if (_readings[index].RestartAt is not null)
        {
            return RegisterResult.Rejected(RegisterOutcome.SameInstant);
        }

        var changes = new List<RegisterChange>(1);
        if (index + 1 < _readings.Count)
        {
            var next = _readings[index + 1];
            _ = TryDelta(_readings[index], next, out var old);
            if (!TryDelta(index > 0 ? _readings[index - 1] : null, next, out var changed))
            {
                return RegisterResult.Rejected(RegisterOutcome.Backwards);
            }

            if (old != changed)
            {
                changes.Add(new(next.Time, old, changed));
            }
        }

        _readings.RemoveAt(index);
        return new(RegisterOutcome.Accepted, changes);
    }

    /// <summary>The consumption that belongs to a reading as the history stands now; 0 where there is no such
    /// reading.</summary>
    public decimal ConsumptionAt(Instant time)
    {
        var index = Find(time);
        return index >= 0 && TryDelta(index > 0 ? _readings[index - 1] : null, _readings[index], out var delta)
            ? delta
            : 0m;
    }

    /// <summary>Declares that the register was reset, or the device replaced, at an instant.</summary>
    /// <param name="at">From this instant on, consumption counts from <paramref name="startReading"/>.</param>
    /// <param name="finalReading">What the old register showed; closes it, its consumption belongs to
    /// <paramref name="at"/>. Null: not known, and what was used since the last reading is not counted.</param>
    /// <param name="startReading">What the register shows from then on.</param>
    public RegisterResult DeclareReset(Instant at, decimal? finalReading, decimal startReading)
    {
        if ((finalReading is { } final && !InRange(final)) || !InRange(startReading))
        {
            return RegisterResult.Rejected(RegisterOutcome.OutOfRange);
        }

        var index = Find(at);
        return index < 0
            ? Place(~index, new(at, finalReading, startReading), isNew: true)
            : Amend(index, finalReading, startReading);
    }

    /// <summary>Drops what is older than the newest reading before <paramref name="before"/>; that one stays as the
    /// base of those after it.</summary>
    public void Prune(Instant before)
    {
        var index = Find(before);
        var firstKept = (index >= 0 ? index : ~index) - 1;
        if (firstKept > 0)
        {
            _readings.RemoveRange(0, firstKept);
            Pruned = true;
        }
    }

    private RegisterResult Amend(int index, decimal? finalReading, decimal startReading)
    {
        var known = _readings[index];
        if (known.RestartAt is { } start)
        {
            return start == startReading && (finalReading is null || finalReading == known.Value)
                ? new(RegisterOutcome.Accepted, [])
                : RegisterResult.Rejected(RegisterOutcome.SameInstant);
        }

        return finalReading is null || finalReading == known.Value
            ? Place(index, known with { RestartAt = startReading }, isNew: false)
            : RegisterResult.Rejected(RegisterOutcome.SameInstant);
    }

    /// <summary>Puts a reading at an index, as a new one or over the one there, if both neighbours allow it.</summary>
    private RegisterResult Place(int index, RegisterReading reading, bool isNew)
    {
        if (index == 0 && isNew && Pruned)
        {
            return RegisterResult.Rejected(RegisterOutcome.BeforeHistory);
        }

        RegisterReading? before = index > 0 ? _readings[index - 1] : null;
        var next = isNew ? index : index + 1;
        if (!TryDelta(before, reading, out var own))
        {
            return RegisterResult.Rejected(RegisterOutcome.Backwards);
        }

        var changes = new List<RegisterChange>(2);
        if (isNew && reading.Value is not null)
        {
            changes.Add(new(reading.Time, null, own));
        }

        if (next < _readings.Count)
        {
            RegisterReading? oldBefore = isNew ? before : _readings[index];
            if (!TryDelta(reading, _readings[next], out var changed))
            {
                return RegisterResult.Rejected(RegisterOutcome.Backwards);
            }

            _ = TryDelta(oldBefore, _readings[next], out var old);
            if (old != changed)
            {
                changes.Add(new(_readings[next].Time, old, changed));
            }
        }

        Store(index, reading, isNew);
        return new(RegisterOutcome.Accepted, changes);
    }

    private void Store(int index, RegisterReading reading, bool isNew)
    {
        if (isNew)
        {
            _readings.Insert(index, reading);
        }
        else
        {
            _readings[index] = reading;
        }
    }

    /// <summary>The consumption that belongs to a reading; false when the register would have run backwards.</summary>
    private bool TryDelta(RegisterReading? before, RegisterReading reading, out decimal delta)
    {
        delta = 0m;
        if (before is not { } earlier || reading.Value is not { } value)
        {
            return true;
        }

        delta = ExactMath.Subtract(value, earlier.Base);
        if (delta >= 0m)
        {
            return true;
        }

        // A drop is a rollover only when it is the shorter way round; else it is more likely a fault or a reset.
        delta = ExactMath.Add(delta, _rolloverAt ?? 0m);
        return _rolloverAt is { } rolloverAt && delta <= rolloverAt / 2m;
    }

    private bool InRange(decimal value) =>
        QuantityLimits.Allows(value) && (_rolloverAt is not { } rolloverAt || (value >= 0m && value < rolloverAt));

    private int Find(Instant time) => TimeOrder.Find(_readings, time, static reading => reading.Time);
}
