namespace OrleansBilling.Simulation.Running;

/// <summary>
/// The only source of chance in a simulation (SplitMix64). Our own, so that a seed means the same on every version of .NET.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0, below <paramref name="sides"/>.</summary>
    public int Next(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>True that many times out of a thousand.</summary>
    public bool Chance(int perMille) => perMille > 0 && Next(1000) < perMille;

    /// <summary>Evenly between the two, in steps of a microsecond.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromTicks((long)(Next() % (ulong)(((most - least).Ticks / 10) + 1)) * 10);

    /// <summary>Evenly between the two, in milliseconds.</summary>
    public TimeSpan Milliseconds(int least, int most) =>
        Between(TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(most));

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
