using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Finds the schedule entry of an instant.</summary>
internal sealed class CompiledSchedule
{
    private readonly Instant[] _from;
    private readonly int[] _bands;
    private readonly decimal[] _prices;
    private readonly Instant? _until;
    private readonly decimal _ratio;

    /// <param name="schedule">Valid.</param>
    /// <param name="ratio">Priced units per unit of the meter; required only with direct prices.</param>
    internal CompiledSchedule(ScheduleDefinition schedule, decimal? ratio)
    {
        ByBand = schedule.Entries[0].Band is not null;
        _from = [.. schedule.Entries.Select(entry => entry.From)];
        _until = schedule.Until;
        _ratio = ratio ?? 0m;
        var index = schedule.Bands.Select((band, i) => (band.Name, i))
            .ToDictionary(b => b.Name, b => b.i, StringComparer.Ordinal);
        _bands = ByBand ? [.. schedule.Entries.Select(entry => index[entry.Band!])] : [];
        _prices = ByBand ? [] : [.. schedule.Entries.Select(entry => entry.Price!.Value)];
    }

    /// <summary>Whether entries name bands; otherwise they hold prices.</summary>
    internal bool ByBand { get; }

    /// <summary>The index of the entry that holds at an instant; -1 when none does.</summary>
    internal int Find(Instant time)
    {
        if (time < _from[0] || time >= _until)
        {
            return -1;
        }

        var found = Array.BinarySearch(_from, time);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The first instant after another one at which another entry holds; <see cref="Instant.MaxValue"/> when there is
    /// none.</summary>
    internal Instant NextBorder(Instant time)
    {
        var found = Array.BinarySearch(_from, time);
        var index = found >= 0 ? found + 1 : ~found;
        var next = index < _from.Length ? _from[index] : Instant.MaxValue;
        return _until is { } until && until > time ? Instant.Min(next, until) : next;
    }

    internal int BandOf(int entry) => _bands[entry];

    /// <summary>The exact amount of a quantity of the meter at an entry's direct price; false when there is
    /// none.</summary>
    internal bool TryAmount(int entry, decimal quantity, out decimal amount)
    {
        amount = 0m;
        return ExactMath.TryMultiply(quantity, _ratio, out var priced)
            && ExactMath.TryMultiply(priced, _prices[entry], out amount);
    }
}
