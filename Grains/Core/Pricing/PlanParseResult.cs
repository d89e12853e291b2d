using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>A plan read from JSON, or what is wrong with the JSON.</summary>
/// <param name="Plan">Set when there are no errors.</param>
/// <param name="Errors">Of form and type; what the plan says is <see cref="PlanValidator"/>'s to judge.</param>
public sealed record PlanParseResult(PlanDefinition? Plan, IReadOnlyList<ValidationError> Errors)
{
    /// <summary>Whether the JSON has the form of a plan.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool Ok => Plan is not null;
}
