using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a charge may do with a meter of sessions.</summary>
internal static class SessionChargeValidator
{
    internal static void Validate(
        ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (meter is null)
        {
            return;
        }

        Check.Forbid(charge.PerSession is not null && (meter.Session is null || charge.Of == UsageBasis.Events), at + "/perSession",
            "plan.per_session_only", "Only what sessions use is rounded for each of them: use a meter with 'session'.", errors);
        if (meter.Session is null)
        {
            return;
        }

        Check.Forbid(charge.PerEvent is not null, at + "/perEvent", "plan.per_event_of_session",
            "The records of this meter are parts of sessions: round with 'perSession'.", errors);
        Check.Forbid(ChargePrices.Of(charge, at).Any(p => p.Price.NeedsEvents()), at, "plan.events_of_session",
            "A session has no transactions; use a price of quantities, and \"of\": \"events\" for each session.", errors);
    }
}
