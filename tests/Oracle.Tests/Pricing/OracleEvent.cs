using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A usage event of a case.</summary>
/// <param name="Id">Of the event, unique in the case.</param>
/// <param name="Device">What reports it.</param>
/// <param name="Late">Whether it comes when its period is billed already.</param>
/// <param name="Dimensions">As charges see them: after look-ups.</param>
internal sealed record OracleEvent(
    string Id, Instant Time, string Meter, decimal Value, string Device, bool Late, IReadOnlyDictionary<string, string> Dimensions)
{
    /// <summary>As the device sent them.</summary>
    internal IReadOnlyDictionary<string, string> Sent { get; init; } = Dimensions;

    /// <summary>Of a piece of usage that lasts: what it comes to, in the unit of the meter's total. Null of an event.</summary>
    internal Rational? Counted { get; init; }

    internal bool Fits(WhereClause clause) =>
        Dimensions.TryGetValue(clause.Dimension, out var value) && clause.Values.Contains(value);

    public override string ToString() =>
        $"{Id} {Time} {Meter} {Value} {Device} {string.Join(' ', Sent.Select(d => $"{d.Key}={d.Value}"))}{(Late ? " late" : "")}";
}
