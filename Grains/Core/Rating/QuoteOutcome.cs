using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>A quote, or what is wrong with the request.</summary>
/// <param name="Result">Set when there are no errors.</param>
/// <param name="Errors">Pointers are those of the request's JSON: <c>/currency</c>, <c>/charge/…</c>,
/// <c>/usage/0/time</c>.</param>
public sealed record QuoteOutcome(QuoteResult? Result, IReadOnlyList<ValidationError> Errors)
{
    /// <summary>Whether there is a quote.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    public bool Ok => Result is not null;
}
