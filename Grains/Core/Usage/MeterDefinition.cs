using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>What is counted.</summary>
/// <param name="Id">1 to 64 of <c>a-z A-Z 0-9 . _ -</c>; unique in a tenant.</param>
/// <param name="Name">For people, 1 to 200 characters.</param>
/// <param name="Unit">See <see cref="Usage.Unit"/>; the unit of every reported quantity.</param>
/// <param name="Aggregation"><c>sum</c> of the values, or <c>count</c> of the events (each counts 1, whatever its
/// value).</param>
/// <param name="Cumulative">Set when devices report register readings; null when they report usage.</param>
public sealed record MeterDefinition(
    string Id, string Name, string Unit, string Aggregation = "sum", CumulativeRegister? Cumulative = null)
{
    /// <summary>What is wrong with it; empty when nothing is. Pointers are those of the meter's JSON.</summary>
    public IReadOnlyList<ValidationError> Validate() => MeterValidator.Validate(this);

    /// <summary>Whether the aggregation is a count, so that an event's value does not matter.</summary>
    public bool Counts => Aggregation == "count";
}
