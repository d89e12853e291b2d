using System.Globalization;
using System.Numerics;

namespace OrleansBilling.Core.Tests.Expressions;

/// <summary>A decimal of any size: the plainest arithmetic there is, to compare with.</summary>
internal readonly record struct BigDecimal(BigInteger Mantissa, int Scale) : IComparable<BigDecimal>
{
    /// <summary>Whether a decimal of 28 digits holds it.</summary>
    internal bool Fits => Shortest is { Scale: <= 28 } shortest && BigInteger.Abs(shortest.Mantissa) < (BigInteger.One << 96);

    private BigDecimal Shortest
    {
        get
        {
            var (mantissa, scale) = (Mantissa, Scale);
            while (scale > 0 && mantissa % 10 == 0)
            {
                (mantissa, scale) = (mantissa / 10, scale - 1);
            }

            return new(mantissa, scale);
        }
    }

    public static BigDecimal operator +(BigDecimal left, BigDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.At(scale) + right.At(scale), scale);
    }

    public static BigDecimal operator -(BigDecimal number) => new(-number.Mantissa, number.Scale);

    public static BigDecimal operator *(BigDecimal left, BigDecimal right) => new(left.Mantissa * right.Mantissa, left.Scale + right.Scale);

    /// <summary>To 12 places, half even.</summary>
    public static BigDecimal operator /(BigDecimal left, BigDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        var (dividend, divisor) = (left.At(scale) * BigInteger.Pow(10, 12), right.At(scale));
        var sign = dividend.Sign * divisor.Sign;
        var (whole, rest) = BigInteger.DivRem(BigInteger.Abs(dividend), BigInteger.Abs(divisor));
        var twice = rest * 2;
        var up = twice > BigInteger.Abs(divisor) || (twice == BigInteger.Abs(divisor) && !whole.IsEven);
        return new(sign * (whole + (up ? 1 : 0)), 12);
    }

    public int CompareTo(BigDecimal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return At(scale).CompareTo(other.At(scale));
    }

    internal static BigDecimal Of(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return new(
            BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
            point < 0 ? 0 : text.Length - point - 1);
    }

    internal decimal ToDecimal()
    {
        var shortest = Shortest;
        var value = (decimal)shortest.Mantissa;
        for (var i = 0; i < shortest.Scale; i++)
        {
            value *= 0.1m;
        }

        return value;
    }

    private BigInteger At(int scale) => Mantissa * BigInteger.Pow(10, scale - Scale);
}
