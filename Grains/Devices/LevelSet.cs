namespace OrleansBilling.Grains.Devices;

/// <summary>All levels of one device and meter, in the order of their first records.</summary>
internal sealed class LevelSet(MeterEntry meter)
{
    private readonly List<LevelSeries> _series = [];
    private readonly Dictionary<(long, string), LevelSeries> _byKey = [];

    public MeterEntry Meter { get; } = meter;

    public IReadOnlyList<LevelSeries> Series => _series;

    public bool IsFull => _series.Count >= Meter.Definition.DistinctLimit;

    public LevelSeries? Find((long, string) key) => _byKey.GetValueOrDefault(key);

    /// <summary>Puts a level in the place of what was known of it; one without readings is forgotten.</summary>
    public void Set(LevelSeries series)
    {
        var at = _series.FindIndex(s => s.Key == series.Key);
        if (series.History.Readings.Count == 0)
        {
            _byKey.Remove(series.Key);
            if (at >= 0)
            {
                _series.RemoveAt(at);
            }
        }
        else if (at < 0)
        {
            Add(series);
        }
        else
        {
            _series[at] = _byKey[series.Key] = series;
        }
    }

    public void Add(LevelSeries series)
    {
        _byKey.Add(series.Key, series);
        _series.Add(series);
    }
}
