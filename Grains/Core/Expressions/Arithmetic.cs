using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Expressions;

/// <summary>What operators and functions do with numbers: exactly, or with a fault. Only quotients and <c>round</c> round.</summary>
internal static class Arithmetic
{
    internal static bool Add(ref Scope scope, int at, decimal left, decimal right, out decimal value) =>
        ExactMath.TryAdd(left, right, out value) || scope.Fail(ExpressionFaults.Overflow, at, null, out value);

    internal static bool Subtract(ref Scope scope, int at, decimal left, decimal right, out decimal value) =>
        ExactMath.TryAdd(left, -right, out value) || scope.Fail(ExpressionFaults.Overflow, at, null, out value);

    internal static bool Multiply(ref Scope scope, int at, decimal left, decimal right, out decimal value) =>
        ExactMath.TryMultiply(left, right, out value) || scope.Fail(ExpressionFaults.Overflow, at, null, out value);

    /// <summary>To 12 places, half even, as conversions of units are.</summary>
    internal static bool Divide(ref Scope scope, int at, decimal left, decimal right, out decimal value)
    {
        if (right == 0m)
        {
            return scope.Fail(ExpressionFaults.DivisionByZero, at, null, out value);
        }

        return ExactMath.TryDivideRounded(left, right, ExpressionLimits.MaxPlaces, QuantityLimits.MagnitudeBelow, out value)
            || scope.Fail(ExpressionFaults.Overflow, at, null, out value);
    }

    internal static bool Negate(ref Scope scope, int at, decimal number, out decimal value)
    {
        value = -number;
        return true;
    }

    internal static bool Absolute(ref Scope scope, int at, decimal number, out decimal value)
    {
        value = Math.Abs(number);
        return true;
    }

    internal static bool Floor(ref Scope scope, int at, decimal number, out decimal value)
    {
        value = decimal.Floor(number);
        return true;
    }

    internal static bool Ceiling(ref Scope scope, int at, decimal number, out decimal value)
    {
        value = decimal.Ceiling(number);
        return true;
    }

    internal static bool Smaller(ref Scope scope, int at, decimal left, decimal right, out decimal value)
    {
        value = Math.Min(left, right);
        return true;
    }

    internal static bool Greater(ref Scope scope, int at, decimal left, decimal right, out decimal value)
    {
        value = Math.Max(left, right);
        return true;
    }

    /// <summary>Reads a text as a plain decimal.</summary>
    internal static bool Read(ref Scope scope, int at, string text, out decimal value) =>
        DecimalText.TryParse(text, out value) || scope.Fail(ExpressionFaults.NotANumber, at, text, out value);
}
