using System.Numerics;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Arithmetic;

/// <summary>An exact fraction of any size, in lowest terms: the arithmetic of a schoolbook.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private static readonly BigInteger Fine = BigInteger.Pow(10, 12);

    private readonly BigInteger _denominator;

    internal Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominator = denominator / divisor;
    }

    internal BigInteger Numerator { get; }

    /// <summary>Above zero.</summary>
    internal BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    internal bool IsZero => Numerator.IsZero;

    public static implicit operator Rational(decimal value)
    {
        var bits = decimal.GetBits(value);
        var digits = new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0));
        return new(value < 0m ? -digits : digits, BigInteger.Pow(10, value.Scale));
    }

    public static implicit operator Rational(long value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    internal static Rational Min(Rational a, Rational b) => a < b ? a : b;

    internal static Rational Max(Rational a, Rational b) => a > b ? a : b;

    internal Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>The least whole number that is not below it.</summary>
    internal BigInteger Ceiling()
    {
        var whole = BigInteger.DivRem(Numerator, Denominator, out var rest);
        return rest.Sign > 0 ? whole + 1 : whole;
    }

    /// <summary>To the 12 places of a quantity, half even.</summary>
    internal Rational ToPlaces() => new((this * new Rational(Fine, 1)).Round(LineRounding.HalfEven), Fine);

    /// <summary>To a whole number.</summary>
    internal BigInteger Round(LineRounding rounding)
    {
        var whole = BigInteger.DivRem(Numerator, Denominator, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(Denominator);
        var away = rounding switch
        {
            LineRounding.Down => false,
            LineRounding.Up => !rest.IsZero,
            LineRounding.HalfEven => half > 0 || (half == 0 && !whole.IsEven),
            _ => half >= 0,
        };
        return away ? whole + Numerator.Sign : whole;
    }

    /// <summary>To a whole number; not below zero.</summary>
    internal BigInteger Round(RoundingMode mode) => mode switch
    {
        RoundingMode.Up => Ceiling(),
        RoundingMode.Down => Round(LineRounding.Down),
        RoundingMode.HalfUp => Round(LineRounding.HalfAwayFromZero),
        _ => Round(LineRounding.HalfEven),
    };

    public int CompareTo(Rational other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public override string ToString() => Denominator.IsOne ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
