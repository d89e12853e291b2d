using NodaTime;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Asks what a period would have cost under other plans.</summary>
/// <param name="At">An instant of the period; now when left out.</param>
/// <param name="Plans">At most 50; left out, every plan that the subscription could have.</param>
internal sealed record WhatIfShape(Instant? At, WhatIfChoiceShape[]? Plans);

/// <summary>Asks what a period of a customer's subscriptions would have cost under other plans.</summary>
/// <param name="At">An instant of each subscription's period; now when left out.</param>
/// <param name="Plans">At most 50; left out, every plan that one of the subscriptions could have.</param>
/// <param name="Subscriptions">Only these, at most 1,000; all of the customer when left out.</param>
/// <param name="PerDevice">Whether each device is also compared alone; false when left out.</param>
internal sealed record FleetWhatIfShape(Instant? At, WhatIfChoiceShape[]? Plans, string[]? Subscriptions, bool? PerDevice);

/// <summary>A published plan by its id, or the definition of one that need not be published.</summary>
/// <param name="Plan">Id of a published plan.</param>
/// <param name="PlanVersion">Its version; the newest when left out.</param>
/// <param name="Definition">A plan as it would be published.</param>
internal sealed record WhatIfChoiceShape(string? Plan, int? PlanVersion, PlanShape? Definition);
