using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Usage;

/// <summary>Reads a quantity from its text, digit by digit: exact, without allocation and without floating
/// point.</summary>
public static class QuantityText
{
    /// <summary>10^27 fits a decimal, so this many significant digits are always exact.</summary>
    private const int MaxDigits = 27;

    private const int ExponentBound = 100_000;

    /// <summary>
    /// Reads <c>[-]digits[.digits][e[+|-]digits]</c>. The value has no trailing zeros, so that equal quantities are
    /// equal in every form.
    /// </summary>
    public static QuantityError Parse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        var rest = negative ? text[1..] : text;
        var number = new Digits();
        if (!number.TakeWhole(ref rest) || !number.TakeFraction(ref rest) || !TakeExponent(ref rest, out var exponent)
            || !rest.IsEmpty)
        {
            return QuantityError.Invalid;
        }
        return number.IsZero ? QuantityError.None : number.ToDecimal(negative, exponent, out value);
    }

    private static bool TakeExponent(ref ReadOnlySpan<byte> rest, out int exponent)
    {
        exponent = 0;
        if (rest.IsEmpty || (rest[0] | 0x20) != 'e')
        {
            return true;
        }
        rest = rest[1..];
        var negative = !rest.IsEmpty && rest[0] == (byte)'-';
        if (!rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-')
        {
            rest = rest[1..];
        }
        if (rest.IsEmpty)
        {
            return false;
        }
        while (!rest.IsEmpty && char.IsAsciiDigit((char)rest[0]))
        {
            exponent = Math.Min((exponent * 10) + (rest[0] - '0'), ExponentBound);
            rest = rest[1..];
        }
        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <summary>Significant digits as read so far. Zeros wait until a digit follows, so trailing ones are never
    /// counted.</summary>
    private ref struct Digits
    {
        private UInt128 _mantissa;
        private int _count;
        private int _waitingZeros;
        private int _scale;
        private bool _tooMany;

        public readonly bool IsZero => _count == 0;

        public bool TakeWhole(ref ReadOnlySpan<byte> rest) => Take(ref rest) > 0;

        public bool TakeFraction(ref ReadOnlySpan<byte> rest)
        {
            if (rest.IsEmpty || rest[0] != (byte)'.')
            {
                return true;
            }
            rest = rest[1..];
            var places = Take(ref rest);
            _scale = places;
            return places > 0;
        }

        public readonly QuantityError ToDecimal(bool negative, int exponent, out decimal value)
        {
            value = 0m;
            var scale = _scale - _waitingZeros - exponent;
            if (_tooMany || scale > QuantityLimits.MaxFractionalDigits || _count - scale > MaxDigits)
            {
                return QuantityError.OutOfRange;
            }
            var mantissa = _mantissa;
            for (; scale < 0; scale++)
            {
                mantissa *= 10;
            }
            value = Assemble(mantissa, negative, scale);
            return QuantityLimits.Allows(value) ? QuantityError.None : QuantityError.OutOfRange;
        }

        private static decimal Assemble(UInt128 mantissa, bool negative, int scale) => unchecked(
            new decimal(
                (int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), negative, (byte)scale));

        private int Take(ref ReadOnlySpan<byte> rest)
        {
            var taken = 0;
            while (taken < rest.Length && char.IsAsciiDigit((char)rest[taken]))
            {
                Add(rest[taken] - '0');
                taken++;
            }
            rest = rest[taken..];
            return taken;
        }

        private void Add(int digit)
        {
            if (digit == 0)
            {
                _waitingZeros += 1;
                return;
            }
            var places = (_count == 0 ? 0 : _waitingZeros) + 1;
            _tooMany |= _count + places > MaxDigits;
            _count += places;
            for (; !_tooMany && places > 0; places--)
            {
                _mantissa *= 10;
            }
            _mantissa += (uint)digit;
            _waitingZeros = 0;
        }
    }
}
