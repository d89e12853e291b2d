using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A tenant to create.</summary>
internal sealed class TenantBody
{
    /// <summary>1–40 of a–z, 0–9 and '-', beginning with a letter or digit.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>For people; the id when left out.</summary>
    [MaxText(200)]
    public string? Name { get; set; }

    /// <summary>Given, the tenant runs on a clock of its own that only moves when told to.</summary>
    public TestClockBody? TestClock { get; set; }

    /// <summary>How long after its end a period waits for its last events, ISO 8601; one hour when left out.</summary>
    public TimeSpan? Grace { get; set; }

    /// <summary>How old an event may be when it arrives, ISO 8601; 35 days when left out.</summary>
    public TimeSpan? AcceptanceWindow { get; set; }
}

/// <summary>Where a test clock stands at first.</summary>
internal sealed class TestClockBody
{
    /// <summary>The tenant's now.</summary>
    public required Instant Now { get; set; }
}

/// <summary>Where to move a test clock.</summary>
internal sealed class ClockAdvanceBody
{
    /// <summary>The tenant's new now; not before the present one.</summary>
    public required Instant To { get; set; }
}
