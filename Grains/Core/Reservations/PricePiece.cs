using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Reservations;

/// <summary>A straight part of a price: quantities in <c>(From, To]</c>.</summary>
/// <param name="To">Null for the last one.</param>
/// <param name="Start">What a quantity just above <paramref name="From"/> costs, flat fees included.</param>
/// <param name="Slope">What one unit more costs.</param>
internal readonly record struct PricePiece(decimal From, decimal? To, decimal Start, decimal Slope)
{
    internal decimal At(decimal quantity) =>
        ExactMath.Add(Start, ExactMath.Multiply(Slope, ExactMath.Subtract(quantity, From)));
}
