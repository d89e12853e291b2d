using System.Runtime.InteropServices;
using NodaTime;
using OrleansBilling.Core.AuditTrail;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>One trail in one partition.</summary>
internal sealed class AuditTrailState
{
    /// <summary>Marks of one record of a snapshot.</summary>
    private const int Part = 4_096;

    private readonly List<AuditMark> _marks = [];

    /// <summary>The newest hash.</summary>
    public string Head { get; private set; } = AuditChain.Start;

    /// <summary>Of the newest entry; 0 before the first.</summary>
    public long LastNumber { get; private set; }

    /// <summary>When the newest entry was written.</summary>
    public Instant LastAt { get; private set; } = Instant.MinValue;

    /// <summary>In the order of the log: by number and time.</summary>
    public IReadOnlyList<AuditMark> Marks => _marks;

    /// <summary>Index of the first mark of which something holds that holds of all after it; their count when it holds of none.</summary>
    public int FirstWhere(Func<AuditMark, bool> holds)
    {
        var (low, high) = (0, _marks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(_marks[middle]) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    public void Add(in AuditMark mark, Instant at, string hash)
    {
        _marks.Add(mark);
        (LastNumber, LastAt, Head) = (mark.Number, at, hash);
    }

    public void Add(AuditTrailHeld held)
    {
        for (var bytes = held.Marks.AsSpan(); bytes.Length > 0; bytes = bytes[AuditMark.Size..])
        {
            _marks.Add(AuditMark.Read(bytes));
        }
        (LastNumber, LastAt, Head) = (held.LastNumber, held.LastAt, held.Head);
    }

    public void Forget(Instant before)
    {
        var ticks = before.ToUnixTimeTicks();
        var kept = _marks.FindIndex(mark => mark.At >= ticks);
        _marks.RemoveRange(0, kept < 0 ? _marks.Count : kept);
    }

    public IEnumerable<object> Facts(string trail)
    {
        for (var i = 0; i == 0 || i < _marks.Count; i += Part)
        {
            var part = CollectionsMarshal.AsSpan(_marks).Slice(i, Math.Min(Part, _marks.Count - i));
            yield return new AuditTrailHeld(trail, Head, LastNumber, LastAt, AuditMark.Pack(part));
        }
    }
}
