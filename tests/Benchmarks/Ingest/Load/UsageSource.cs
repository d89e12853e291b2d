namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>An event to send.</summary>
/// <param name="Id">Unique over the whole run.</param>
/// <param name="Device">Number of the device.</param>
/// <param name="UnixMilliseconds">When it was used.</param>
/// <param name="Thousandths">What was used.</param>
internal readonly record struct Usage(Guid Id, int Device, long UnixMilliseconds, int Thousandths);

/// <summary>Makes usage: the same devices in the same order for the same seed; one for each sender.</summary>
internal sealed class UsageSource
{
    private readonly Random _random;
    private readonly int _devices;
    private readonly double[]? _cumulative;
    private readonly TimeProvider _time;
    private int _next;

    public UsageSource(IngestOptions options, int sender, double[]? cumulative, TimeProvider time)
    {
        _random = new(unchecked((options.Seed * 7919) + sender));
        (_devices, _cumulative, _time) = (options.Devices, cumulative, time);
        _next = (int)((long)options.Devices * sender / Math.Max(1, options.InFlight)) % options.Devices;
    }

    /// <summary>How much of all usage the first, the first two, … devices send; null where all send the same.</summary>
    public static double[]? Cumulative(IngestOptions options)
    {
        if (options.Spread == Spread.Even)
        {
            return null;
        }
        var sums = new double[options.Devices];
        var sum = 0d;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += 1d / (i + 1);
        }
        return Array.ConvertAll(sums, s => s / sum);
    }

    public void Fill(Span<Usage> batch)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Span<byte> id = stackalloc byte[16];
        foreach (ref var usage in batch)
        {
            _random.NextBytes(id);
            usage = new(new(id), NextDevice(), now - _random.Next(1_000, 3_600_000), _random.Next(1, 100_000));
        }
    }

    private int NextDevice()
    {
        if (_cumulative is null)
        {
            _next = _next + 1 == _devices ? 0 : _next + 1;
            return _next;
        }
        var at = Array.BinarySearch(_cumulative, _random.NextDouble());
        return Math.Min(at < 0 ? ~at : at, _devices - 1);
    }
}
