using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Overrides read from JSON, or what is wrong with the JSON.</summary>
/// <param name="Overrides">Set when there are no errors.</param>
/// <param name="Errors">Of form and type; whether they fit a plan is <see cref="PlanOverridesValidator"/>'s to judge.</param>
public sealed record PlanOverridesParseResult(PlanOverrides? Overrides, IReadOnlyList<ValidationError> Errors)
{
    /// <summary>Whether the JSON has the form of overrides.</summary>
    [MemberNotNullWhen(true, nameof(Overrides))]
    public bool Ok => Overrides is not null;
}
