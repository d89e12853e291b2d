using System.Globalization;

namespace OrleansBilling.Simulation.Running;

/// <summary>
/// What happened, as a hash that tells two runs apart and, when somebody reads it, as text.
/// </summary>
internal sealed class Trace(Timeline timeline, TextWriter? text)
{
    private ulong _hash = 14695981039346656037;

    /// <summary>Of everything up to now (FNV-1a).</summary>
    public ulong Hash => _hash;

    /// <summary>Whether somebody reads the text: what only people need is not worked out otherwise.</summary>
    public bool IsRead => text is not null;

    /// <summary>Events added.</summary>
    public long Count { get; private set; }

    public void Add(string what, long a = 0, long b = 0, long c = 0)
    {
        Count++;
        Mix(timeline.Now);
        foreach (var letter in what)
        {
            Mix(letter);
        }
        Mix(a);
        Mix(b);
        Mix(c);
        text?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{timeline.Now / 1e7,12:F6}  {what} {a} {b} {c}"));
    }

    /// <summary>A remark for readers; not part of the hash.</summary>
    public void Note(string remark) => text?.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{timeline.Now / 1e7,12:F6}    {remark}"));

    private void Mix(long value)
    {
        unchecked
        {
            for (var rest = (ulong)value; rest != 0; rest >>= 8)
            {
                _hash = (_hash ^ (rest & 0xFF)) * 1099511628211;
            }
            _hash = (_hash ^ 0x1FF) * 1099511628211;
        }
    }
}
