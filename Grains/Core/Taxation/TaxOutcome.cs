using System.Text.Json.Serialization;

namespace OrleansBilling.Core.Taxation;

/// <summary>The answer: either the taxes of all lines, or why there is no answer. Never a part of one.</summary>
/// <param name="Statement">The taxes; null when the invoice is held.</param>
/// <param name="Holds">Why it is held; empty when it is not. In the order of the lines, each reason once per line.</param>
public sealed record TaxOutcome(TaxStatement? Statement, IReadOnlyList<TaxHold> Holds)
{
    /// <summary>Whether the invoice waits for somebody.</summary>
    [JsonIgnore]
    public bool IsHeld => Statement is null;

    /// <summary>Taxes.</summary>
    public static TaxOutcome Of(TaxStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new(statement, []);
    }

    /// <summary>Held.</summary>
    /// <exception cref="ArgumentException">No reason.</exception>
    public static TaxOutcome Held(IReadOnlyList<TaxHold> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return holds.Count > 0 ? new(null, holds) : throw new ArgumentException("A hold needs a reason.", nameof(holds));
    }
}
