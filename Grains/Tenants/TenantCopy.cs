using NodaTime;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Grains.Tenants;

/// <summary>A partition's own copy of a tenant: its settings and how far this partition is sealed for it.</summary>
internal sealed class TenantCopy(TenantView view)
{
    public string Id { get; } = view.Id;

    public TenantView View { get; } = view;

    public Duration Grace { get; } = Duration.FromTimeSpan(view.Grace);

    public long WindowTicks { get; } = view.AcceptanceWindow.Ticks;

    /// <summary>Ids of the tenant's devices here, and of the subscriptions they have.</summary>
    public IdStore Ids { get; } = new();

    /// <summary>Where the test clock stands for this partition; null on the wall clock.</summary>
    public Instant? TestNow { get; private set; } = view.TestClockNow;

    /// <summary>Usage of periods that ended by then is late here.</summary>
    public Instant SealedThrough { get; private set; } = Instant.MinValue;

    /// <summary>Unix ticks of <see cref="SealedThrough"/>; the usage path compares integers.</summary>
    public long SealedThroughTicks { get; private set; } = long.MinValue;

    public Instant Now(TimeProvider time) => TestNow ?? Instant.FromDateTimeOffset(time.GetUtcNow());

    public void Seal(Instant? testNow, Instant through)
    {
        TestNow = testNow ?? TestNow;
        if (through > SealedThrough)
        {
            SealedThrough = through;
            SealedThroughTicks = through.ToUnixTimeTicks();
        }
    }
}
