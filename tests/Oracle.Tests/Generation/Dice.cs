namespace OrleansBilling.Oracle.Generation;

/// <summary>Seeded chance; the same seed gives the same case for ever.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 to one below the bound. SplitMix64.</summary>
    internal int Below(int bound)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }

    internal int From(int least, int most) => least + Below(most - least + 1);

    internal bool Chance(int percent) => Below(100) < percent;

    internal T Of<T>(params T[] items) => items[Below(items.Length)];

    /// <summary>Up to six digits with up to six of them after the point.</summary>
    internal decimal Number(int digits = 6) =>
        new(Below((int)Math.Pow(10, From(1, digits))), 0, 0, false, (byte)Below(7));
}
