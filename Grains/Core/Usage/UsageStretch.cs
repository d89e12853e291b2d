using System.Numerics;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>Usage spread evenly over a time; or, where both ends are the same, used at that instant.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive, unless it is <paramref name="From"/>.</param>
/// <param name="Quantity">Of the whole stretch, in the meter's unit; less than zero takes back.</param>
/// <param name="PerSecond">Of a level: the level, so that every part of the stretch is exact. Null: the quantity up to an instant is in
/// proportion to the time, rounded half even to 12 decimals, and parts are differences of that, so that they add up to the
/// whole.</param>
public readonly record struct UsageStretch(Instant From, Instant To, decimal Quantity, decimal? PerSecond = null)
{
    private static readonly BigInteger Fine = BigInteger.Pow(10, QuantityLimits.MaxFractionalDigits);

    /// <summary>A level that is held for a time: its integral over the seconds.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public static UsageStretch OfLevel(Instant from, Instant to, decimal level) =>
        new(from, to, ExactMath.Multiply(level, Seconds(from, to)), level);

    /// <summary>The part from one instant to another, both within the stretch.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public UsageStretch Cut(Instant from, Instant to)
    {
        if (from == From && to == To)
        {
            return this;
        }

        return PerSecond is { } level
            ? OfLevel(from, to, level)
            : new(from, to, ExactMath.Subtract(UpTo(to), UpTo(from)));
    }

    /// <summary>Elapsed seconds, exact to 100 ns.</summary>
    public static decimal Seconds(Instant from, Instant to) =>
        (to.ToUnixTimeTicks() - from.ToUnixTimeTicks()) / (decimal)NodaConstants.TicksPerSecond;

    private decimal UpTo(Instant time)
    {
        if (time == To)
        {
            return Quantity;
        }

        var (part, whole) = (time.ToUnixTimeTicks() - From.ToUnixTimeTicks(), To.ToUnixTimeTicks() - From.ToUnixTimeTicks());
        var scaled = new BigInteger(Quantity * 1_000_000_000_000m) * part;
        var quotient = BigInteger.DivRem(scaled, whole, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        if (twice > whole || (twice == whole && !quotient.IsEven))
        {
            quotient += scaled.Sign;
        }

        return DecimalText.Normalize((decimal)BigInteger.DivRem(quotient, Fine, out var places)
            + ((decimal)places / 1_000_000_000_000m));
    }
}
