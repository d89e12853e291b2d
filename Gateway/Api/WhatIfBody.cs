using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Asks what a period would have cost under other plans.</summary>
internal sealed class WhatIfBody
{
    /// <summary>An instant of the period; now when left out.</summary>
    public Instant? At { get; set; }

    /// <summary>At most 50; left out, every plan that the subscription could have.</summary>
    public WhatIfChoiceBody[]? Plans { get; set; }
}

/// <summary>Asks what a period of a customer's subscriptions would have cost under other plans.</summary>
internal sealed class FleetWhatIfBody
{
    /// <summary>An instant of each subscription's period; now when left out.</summary>
    public Instant? At { get; set; }

    /// <summary>At most 50; left out, every plan that one of the subscriptions could have.</summary>
    public WhatIfChoiceBody[]? Plans { get; set; }

    /// <summary>Only these, at most 1,000; all of the customer when left out.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Subscriptions { get; set; }

    /// <summary>Whether each device is also compared alone; false when left out.</summary>
    public bool? PerDevice { get; set; }
}

/// <summary>A published plan by its id, or the definition of one that need not be published.</summary>
internal sealed class WhatIfChoiceBody
{
    /// <summary>Id of a published plan.</summary>
    [IdText]
    public string? Plan { get; set; }

    /// <summary>Its version; the newest when left out.</summary>
    public int? PlanVersion { get; set; }

    /// <summary>A plan as it would be published.</summary>
    public JsonElement? Definition { get; set; }
}
