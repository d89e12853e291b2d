using System.Numerics;

namespace OrleansBilling.Core.Amounts;

/// <summary>
/// Decimal arithmetic that is exact or fails. <see cref="decimal"/> holds 96 bits (28 to 29 digits) and rounds what
/// does not fit without a word; here that is an error.
/// </summary>
public static class ExactMath
{
    /// <summary>The exact product.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public static decimal Multiply(decimal left, decimal right) =>
        TryMultiply(left, right, out var product) ? product : throw Inexact(left, "*", right);

    /// <summary>The exact sum.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public static decimal Add(decimal left, decimal right) =>
        TryAdd(left, right, out var sum) ? sum : throw Inexact(left, "+", right);

    /// <summary>The exact difference.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public static decimal Subtract(decimal left, decimal right) =>
        TryAdd(left, -right, out var difference) ? difference : throw Inexact(left, "-", right);

    /// <summary>The exact product, or false (and zero) when it does not fit a decimal.</summary>
    public static bool TryMultiply(decimal left, decimal right, out decimal product)
    {
        try
        {
            product = left * right;
        }
        catch (OverflowException)
        {
            product = 0m;
            return false;
        }

        // The product carries the sum of both scales unless digits were cut off to make it fit.
        if (product.Scale == left.Scale + right.Scale)
        {
            return true;
        }

        return IsExact(Mantissa(left) * Mantissa(right), left.Scale + right.Scale, ref product);
    }

    /// <summary>The exact sum, or false (and zero) when it does not fit a decimal.</summary>
    public static bool TryAdd(decimal left, decimal right, out decimal sum)
    {
        try
        {
            sum = left + right;
        }
        catch (OverflowException)
        {
            sum = 0m;
            return false;
        }

        var scale = Math.Max(left.Scale, right.Scale);
        if (sum.Scale == scale)
        {
            return true;
        }

        var exact = Mantissa(left) * BigInteger.Pow(10, scale - left.Scale)
            + Mantissa(right) * BigInteger.Pow(10, scale - right.Scale);
        return IsExact(exact, scale, ref sum);
    }

    /// <summary>The quotient to 28 digits, and whether it is exact.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="OverflowException">The quotient is beyond the range of a decimal.</exception>
    public static bool TryDivide(decimal dividend, decimal divisor, out decimal quotient)
    {
        quotient = dividend / divisor;
        return TryMultiply(quotient, divisor, out var back) && back == dividend;
    }

    /// <summary>The quotient, rounded once, half even, to so many places where it has more.</summary>
    /// <returns>False (and zero) when it is not below <paramref name="below"/>.</returns>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static bool TryDivideRounded(decimal dividend, decimal divisor, int places, decimal below, out decimal quotient)
    {
        if (Math.Abs(dividend) < below && Math.Abs(divisor) >= 1m && TryDivide(dividend, divisor, out quotient)
            && DecimalText.Normalize(quotient).Scale <= places)
        {
            return true;
        }

        // In whole numbers: a quotient of 28 digits that is rounded again could be rounded up twice.
        var (scaled, by) = (Mantissa(dividend), Mantissa(divisor));
        var shift = places + divisor.Scale - dividend.Scale;
        (scaled, by) = shift >= 0 ? (scaled * BigInteger.Pow(10, shift), by) : (scaled, by * BigInteger.Pow(10, -shift));
        var whole = BigInteger.DivRem(scaled, by, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(BigInteger.Abs(by));
        if (half > 0 || (half == 0 && !whole.IsEven))
        {
            whole += scaled.Sign * by.Sign;
        }

        var fits = BigInteger.Abs(whole) < (BigInteger)below * BigInteger.Pow(10, places);
        quotient = fits ? DecimalText.Normalize((decimal)whole / (decimal)BigInteger.Pow(10, places)) : 0m;
        return fits;
    }

    private static bool IsExact(BigInteger exact, int scale, ref decimal rounded)
    {
        // Trailing zeros may have been all that was cut.
        var same = scale >= rounded.Scale
            ? Mantissa(rounded) * BigInteger.Pow(10, scale - rounded.Scale) == exact
            : Mantissa(rounded) == exact * BigInteger.Pow(10, rounded.Scale - scale);
        rounded = same ? rounded : 0m;
        return same;
    }

    /// <summary>The digits of a decimal as a whole number with its sign; the value is that over ten to its scale.</summary>
    internal static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = (Unsigned(bits[2]) << 64) | (Unsigned(bits[1]) << 32) | Unsigned(bits[0]);
        return bits[3] < 0 ? -magnitude : magnitude;
    }

    private static BigInteger Unsigned(int bits) => unchecked((uint)bits);

    private static InexactAmountException Inexact(decimal left, string sign, decimal right) =>
        new($"{DecimalText.Format(left)} {sign} {DecimalText.Format(right)} has no exact result in a decimal.");
}
