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

    public void Add(LevelSeries series)
    {
        _byKey.Add(series.Key, series);
        _series.Add(series);
    }
}
