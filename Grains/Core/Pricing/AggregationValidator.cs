using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a charge may do with a meter whose usage is not simply added up.</summary>
internal static class AggregationValidator
{
    internal static void Validate(
        ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (meter is null or { Kind: AggregationKind.Sum } || charge.Of == UsageBasis.Events)
        {
            return;
        }

        Check.Forbid(charge.Schedule is { Entries: [{ Price: not null }, ..] }, at + "/schedule",
            "plan.aggregation_with_schedule",
            $"Prices in a schedule's entries are for each event, but the meter takes the {meter.Aggregation} of all: use bands.",
            errors);
        Check.Forbid(charge.PerEvent is not null && meter.Kind == AggregationKind.Unique, at + "/perEvent",
            "plan.per_event_with_unique",
            "The rule changes values, but a unique count takes no notice of them; leave it out.", errors);
    }
}
