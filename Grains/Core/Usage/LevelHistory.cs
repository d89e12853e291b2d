using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>
/// A level of one device over time: what is stored, how many seats there are, whether somebody is a member. It is 0 before the first
/// reading and stays as it was reported until the next one. Readings may come in any order: the same set gives the same level at every
/// instant.
/// </summary>
/// <remarks>Not thread-safe. A reading at the end is O(1), one before others moves those after it.</remarks>
public sealed class LevelHistory
{
    private readonly List<LevelReading> _readings;

    /// <summary>The level from each reading on; of changes before it is brought up to 0.</summary>
    private readonly List<decimal> _levels = [];

    /// <summary>An empty history, or one restored from a snapshot.</summary>
    /// <param name="source">What the values say.</param>
    /// <param name="readings">As <see cref="Readings"/> gave them.</param>
    public LevelHistory(LevelSource source, IEnumerable<LevelReading>? readings = null)
    {
        Source = source;
        _readings = [.. readings ?? []];
        foreach (var reading in _readings)
        {
            _levels.Add(source == LevelSource.Change ? ExactMath.Add(Raw(_levels.Count - 1), reading.Value) : reading.Value);
        }
    }

    /// <summary>What the values say.</summary>
    public LevelSource Source { get; }

    /// <summary>In time order, one for each instant.</summary>
    public IReadOnlyList<LevelReading> Readings => _readings;

    /// <summary>The level from the last record on.</summary>
    public decimal Last => Math.Max(0m, Raw(_readings.Count - 1));

    /// <summary>What a record would change; nothing is stored.</summary>
    /// <returns>In time order; nothing when the level is that already.</returns>
    /// <exception cref="InexactAmountException">A sum of changes does not fit a decimal.</exception>
    public IReadOnlyList<LevelChange> Changes(Instant time, decimal value)
    {
        var index = Find(time);
        if (Source == LevelSource.Change)
        {
            return Shifted(time, index >= 0 ? index : ~index - 1, value);
        }

        var before = index >= 0 ? _readings[index].Value : Raw(~index - 1);
        var delta = ExactMath.Subtract(index >= 0 ? Merged(before, value) : value, before);
        return delta == 0m ? [] : [new(time, EndOf(index >= 0 ? index : ~index - 1), delta)];
    }

    /// <summary>Stores a record.</summary>
    /// <exception cref="InexactAmountException">A sum of changes does not fit a decimal.</exception>
    public void Insert(Instant time, decimal value)
    {
        var index = Find(time);
        if (index >= 0)
        {
            _readings[index] = new(time, Merged(_readings[index].Value, value));
        }
        else
        {
            index = ~index;
            _readings.Insert(index, new(time, value));
            _levels.Insert(index, Source == LevelSource.Change ? Raw(index - 1) : value);
        }

        if (Source != LevelSource.Change)
        {
            _levels[index] = _readings[index].Value;
            return;
        }

        for (var i = index; i < _levels.Count; i++)
        {
            _levels[i] = ExactMath.Add(_levels[i], value);
        }
    }

    /// <summary>A copy that says something else at one instant.</summary>
    /// <param name="value">What is said then; null for nothing.</param>
    /// <exception cref="InexactAmountException">A sum of changes does not fit a decimal.</exception>
    public LevelHistory Replaced(Instant time, decimal? value)
    {
        var others = _readings.Where(r => r.Time != time);
        return new(Source, value is { } said ? others.Append(new(time, said)).OrderBy(r => r.Time) : others);
    }

    /// <summary>What several records of one instant say together; null for none.</summary>
    /// <exception cref="InexactAmountException">A sum of changes does not fit a decimal.</exception>
    public decimal? Together(IEnumerable<decimal> values) =>
        values.Aggregate((decimal?)null, (known, value) => known is { } one ? Merged(one, value) : value);

    /// <summary>The levels from an instant to another, where they are not 0.</summary>
    public IEnumerable<LevelChange> Levels(Instant from, Instant to)
    {
        var index = Find(from);
        for (var i = Math.Max(0, index >= 0 ? index : ~index - 1); i < _readings.Count && _readings[i].Time < to; i++)
        {
            var (start, end) = (Instant.Max(_readings[i].Time, from), Instant.Min(EndOf(i), to));
            if (start < end && Raw(i) > 0m)
            {
                yield return new(start, end, Raw(i));
            }
        }
    }

    private List<LevelChange> Shifted(Instant time, int index, decimal value)
    {
        var changes = new List<LevelChange>(1);
        for (var i = index; i < _readings.Count; i++)
        {
            var raw = Raw(i);
            var delta = ExactMath.Subtract(Math.Max(0m, ExactMath.Add(raw, value)), Math.Max(0m, raw));
            var from = i == index ? time : _readings[i].Time;
            if (changes.Count > 0 && changes[^1].To == from && changes[^1].Delta == delta)
            {
                changes[^1] = changes[^1] with { To = EndOf(i) };
            }
            else if (delta != 0m)
            {
                changes.Add(new(from, EndOf(i), delta));
            }
        }

        return changes;
    }

    private decimal Raw(int index) => index < 0 ? 0m : _levels[index];

    private Instant EndOf(int index) => index + 1 < _readings.Count ? _readings[index + 1].Time : Instant.MaxValue;

    private decimal Merged(decimal known, decimal value) => Source switch
    {
        LevelSource.Level => Math.Max(known, value),
        LevelSource.Member => Math.Min(known, value),
        _ => ExactMath.Add(known, value),
    };

    private int Find(Instant time) => TimeOrder.Find(_readings, time, static reading => reading.Time);
}
