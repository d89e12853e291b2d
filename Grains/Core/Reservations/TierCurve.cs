using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>A price of straight pieces, which may jump up or down between them.</summary>
/// <param name="pieces">Ascending, without gaps, from 0; the last one without an end.</param>
/// <param name="atZero">What no usage costs.</param>
internal sealed class TierCurve(PricePiece[] pieces, decimal atZero) : PriceCurve
{
    internal override decimal Peak(decimal low, decimal high)
    {
        var peak = low == 0m ? atZero : decimal.MinValue;
        foreach (var piece in pieces)
        {
            // A piece holds its end, not its beginning: low itself belongs to the piece that ends there.
            if (Holds(piece, low) || (piece.From >= low && piece.From < high))
            {
                var (begin, end) = (Math.Max(piece.From, low), Math.Min(piece.To ?? high, high));
                peak = Math.Max(peak, Math.Max(piece.At(begin), piece.At(end)));
            }
        }

        return peak;
    }

    internal override decimal Ceiling(decimal low, decimal amount)
    {
        if (low == 0m && atZero > amount)
        {
            return 0m;
        }

        foreach (var piece in pieces)
        {
            if (!Holds(piece, low) && piece.From < low)
            {
                continue;
            }

            var begin = Math.Max(piece.From, low);
            var room = amount - piece.At(begin);
            if (room < 0m)
            {
                return begin;
            }

            if (piece.Slope > 0m && room / piece.Slope is var more && (piece.To is not { } to || more < to - begin))
            {
                return more < Unbounded - begin ? begin + more : Unbounded;
            }
        }

        return Unbounded;
    }

    /// <summary>Each unit at the price of its tier, and the flat fee of every tier entered.</summary>
    internal static TierCurve Graduated(PriceDefinition price, int days)
    {
        var sum = 0m;
        return Of(price, days, (tier, from, to) =>
        {
            var slope = tier.UnitPrice ?? EventPrice.Share(tier.RatePercent);
            var start = ExactMath.Add(sum, tier.FlatFee ?? 0m);
            sum = to is { } bound ? ExactMath.Add(start, ExactMath.Multiply(slope, bound - from)) : sum;
            return new(from, to, start, slope);
        });
    }

    /// <summary>All units at the price of the tier that holds the whole quantity, and its flat fee.</summary>
    internal static TierCurve Volume(PriceDefinition price, int days) => Of(price, days, (tier, from, to) =>
    {
        var slope = tier.UnitPrice ?? 0m;
        return new(from, to, ExactMath.Add(tier.FlatFee ?? 0m, ExactMath.Multiply(slope, from)), slope);
    });

    private static bool Holds(PricePiece piece, decimal quantity) =>
        piece.From < quantity && (piece.To is not { } to || quantity <= to);

    private static TierCurve Of(PriceDefinition price, int days, Func<TierDefinition, decimal, decimal?, PricePiece> piece)
    {
        var from = 0m;
        var pieces = new List<PricePiece>();
        foreach (var tier in price.Tiers!)
        {
            var to = TierEvaluation.Bound(price, tier, days);
            pieces.Add(piece(tier, from, to));
            from = to ?? from;
        }

        return new([.. pieces], price.FirstFlatAtZero ? price.Tiers[0].FlatFee ?? 0m : 0m);
    }
}
