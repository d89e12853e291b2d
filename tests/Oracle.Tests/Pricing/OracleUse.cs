using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The usage of a price in a period.</summary>
/// <param name="Quantity">In the priced unit.</param>
/// <param name="Events">What each event counts.</param>
internal sealed record OracleUse(Rational Quantity, IReadOnlyList<Rational> Events)
{
    internal static readonly OracleUse None = new(0, []);
}
