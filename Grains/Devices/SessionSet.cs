using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>All sessions of one device and meter.</summary>
internal sealed class SessionSet(MeterEntry meter)
{
    private readonly Dictionary<string, SessionHistory> _sessions = new(StringComparer.Ordinal);

    public MeterEntry Meter { get; } = meter;

    /// <summary>By id, in the order of their first records.</summary>
    public IReadOnlyDictionary<string, SessionHistory> Sessions => _sessions;

    /// <summary>Whether there are as many as there may be.</summary>
    public bool IsFull => _sessions.Count >= Meter.Definition.DistinctLimit;

    /// <summary>One without records is forgotten.</summary>
    public void Set(string id, SessionHistory session)
    {
        if (session.Readings.Count == 0)
        {
            _sessions.Remove(id);
        }
        else
        {
            _sessions[id] = session;
        }
    }
}
