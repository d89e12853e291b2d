using System.Globalization;
using OrleansBilling.Gateway.Tests.Host;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>Whether a server keeps something of requests of which nothing is to be kept.</summary>
/// <remarks>
/// Caches that fill and are emptied move the heap up and down by some 10 MiB, whatever comes. So a short run, of 1,200
/// requests, shows only what keeps 14 KiB of each; a long one, of 100,000, what keeps 300 bytes.
/// </remarks>
internal sealed record FuzzMemory(double Grown, double Requests)
{
    private const double Caches = 16 * 1024 * 1024;
    private const double BytesPerRequest = 100;
    private const int WarmUp = 2;

    public bool IsFlat => Grown <= Caches + (BytesPerRequest * Requests);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"the heap grew by {Grown / 1024:N0} KiB in {Requests:N0} requests");

    /// <summary>Does the same work again and again, and looks at the heap after each time.</summary>
    /// <param name="round">The work; returns how many requests it was.</param>
    /// <returns>The growth that the line nearest to what was seen has from its one end to the other (least squares).</returns>
    public static async Task<FuzzMemory> MeasureAsync(HostFixture host, Func<Task<int>> round, int rounds, Action<string> tell)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            await round();
        }
        var seen = new List<(double Requests, double Heap)> { (0, await AliveAsync(host)) };
        for (var i = 0; i < rounds; i++)
        {
            seen.Add((seen[^1].Requests + await round(), await AliveAsync(host)));
        }
        var measured = new FuzzMemory(Slope(seen) * seen[^1].Requests, seen[^1].Requests);
        tell($"{measured}; in KiB: {string.Join(", ", seen.Select(one => (long)one.Heap / 1024))}");
        return measured;
    }

    private static Task<double> AliveAsync(HostFixture host) =>
        ServerHeap.AliveAsync(host.Silo.ProcessId, async () => (await host.Operator.GetAsync("/metrics")).Body);

    private static double Slope(List<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
