namespace OrleansBilling.Gateway.Documentation;

/// <summary>A beginning without recurring fees and the plan's minimum; either days or periods.</summary>
/// <param name="Days">Local days, that of the start included.</param>
/// <param name="Periods">Billing periods, the begun one included.</param>
/// <param name="Usage">free (default) or billed.</param>
/// <param name="Repeat">Whether a customer may have it again with another subscription.</param>
internal sealed record TrialShape(int? Days, int? Periods, string? Usage, bool? Repeat);

/// <summary>A stretch in which some terms of the plan are others.</summary>
/// <param name="Name">For people.</param>
/// <param name="Periods">Billing periods, the begun one included.</param>
/// <param name="Charges">Terms of charges.</param>
/// <param name="Discounts">Beside the plan's.</param>
internal sealed record PhaseShape(string? Name, int Periods, ChargeOverrideShape[]? Charges, DiscountShape[]? Discounts);

/// <summary>How long a subscription is agreed for.</summary>
/// <param name="Periods">Billing periods, the one in which the plan begins included.</param>
/// <param name="Renew">Whether a term as long follows (default); otherwise it runs on without one.</param>
/// <param name="EarlyTerminationFee">Due when it is cancelled before.</param>
internal sealed record TermShape(int Periods, bool? Renew, TerminationFeeShape? EarlyTerminationFee);

/// <summary>What leaving early costs, a line of its own; either amount or percent.</summary>
/// <param name="Name">Of the line.</param>
/// <param name="Amount">Major units.</param>
/// <param name="Percent">0 to 100, of the recurring fees of the subscription until the end of the term.</param>
internal sealed record TerminationFeeShape(string? Name, decimal? Amount, decimal? Percent);
