using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>A quote request read from JSON, or what is wrong with the JSON.</summary>
/// <param name="Request">Set when there are no errors.</param>
/// <param name="PlanId">The text of <c>plan</c>, for the caller to look up and set as
/// <see cref="QuoteRequest.Plan"/>.</param>
/// <param name="Errors">Of form and type.</param>
public sealed record QuoteParseResult(QuoteRequest? Request, string? PlanId, IReadOnlyList<ValidationError> Errors)
{
    /// <summary>Whether the JSON has the form of a request.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    public bool Ok => Request is not null;
}
