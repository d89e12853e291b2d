using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>
/// Makes events with unique ids whose times jump like bad clocks: out of order, slightly ahead, weeks late, older than is
/// accepted and, on a test clock, further ahead than is accepted.
/// </summary>
internal sealed class EventMaker(string client, TenantWorld tenant, Random random)
{
    private long _made;

    public SentEvent Next()
    {
        var devices = tenant.Devices;
        return new(
            devices[random.Next(devices.Length)],
            string.Create(CultureInfo.InvariantCulture, $"{client}-{++_made}"),
            Time(),
            Value());
    }

    /// <summary>The same id with another value.</summary>
    public static SentEvent Forged(SentEvent of) => of with { Value = of.Value + "7" };

    private DateTimeOffset Time()
    {
        var offset = random.Next(100) switch
        {
            < 68 => -Between(TimeSpan.Zero, TimeSpan.FromHours(6)),
            < 80 => -Between(TimeSpan.FromHours(6), TimeSpan.FromDays(5)),
            < 90 => Between(TimeSpan.Zero, TimeSpan.FromMinutes(4.5)),
            < 96 => -Between(TimeSpan.FromDays(5), TimeSpan.FromDays(34)),
            < 98 => -Between(TimeSpan.FromDays(36), TimeSpan.FromDays(60)),
            _ when tenant.TestClock => Between(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(30)),
            _ => TimeSpan.Zero,
        };
        var at = tenant.Now + offset;
        return new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    private TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(Math.Floor(random.NextDouble() * (most - least).TotalMilliseconds));

    private string Value() =>
        (random.Next(1, 20_000) / 1000m).ToString(random.Next(2) == 0 ? "0.000" : "0.0##", CultureInfo.InvariantCulture);
}
