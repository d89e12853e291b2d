using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>A meter read from JSON, or what is wrong with the JSON.</summary>
/// <param name="Meter">Set when there are no errors.</param>
/// <param name="Errors">Of form and type; what the meter says is <see cref="MeterDefinition.Validate"/>'s to
/// judge.</param>
public sealed record MeterParseResult(MeterDefinition? Meter, IReadOnlyList<ValidationError> Errors)
{
    /// <summary>Whether the JSON has the form of a meter.</summary>
    [MemberNotNullWhen(true, nameof(Meter))]
    public bool Ok => Meter is not null;
}
