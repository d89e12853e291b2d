using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>Makes a plan of an inline charge. It needs no meter: quantities are in the charge's unit.</summary>
internal static class QuotePlan
{
    private const string AnyMeter = "usage";

    /// <summary>Null, with errors, when the charge is not valid.</summary>
    internal static CompiledPlan? Of(QuoteRequest request, List<ValidationError> errors)
    {
        if (request.Plan is { } plan)
        {
            return plan;
        }

        var charge = request.Charge!.Kind == ChargeKind.Usage && request.Charge.Meter is null
            ? request.Charge with { Meter = AnyMeter }
            : request.Charge;
        var definition = new PlanDefinition(
            "quote", "Quote", request.Currency ?? "", BillingCycle.Monthly, request.Rounding, [charge]);
        var meter = Meter(charge, definition.Currency);
        errors.AddRange(PlanValidator.Validate(definition, _ => meter).Select(Repoint));
        return errors.Count == 0 ? CompiledPlan.Compile(definition, _ => meter) : null;
    }

    /// <summary>A charge that prices money and names no unit counts the request's currency.</summary>
    private static MeterDefinition Meter(ChargeDefinition charge, string currency)
    {
        var ofMoney = ChargePrices.Of(charge, "").Any(p => p.Price.Model.IsOfMoney());
        var unit = charge.Of == UsageBasis.Value && Unit.TryParse(charge.Unit, out var known) ? known.Symbol
            : ofMoney ? currency
            : "1";
        return new(charge.Meter ?? AnyMeter, "Usage", unit);
    }

    private static ValidationError Repoint(ValidationError error) =>
        error.Pointer.StartsWith("/charges/0", StringComparison.Ordinal)
            ? error with { Pointer = "/charge" + error.Pointer["/charges/0".Length..] }
            : error;
}
