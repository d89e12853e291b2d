using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>A rate in eight bytes: 58 bits of digits, six of their scale.</summary>
public static class PackedRate
{
    /// <summary>Most places after the point.</summary>
    public const int MaxPlaces = 18;

    /// <summary>Most significant digits.</summary>
    public const int MaxDigits = 17;

    private const int ScaleBits = 6;

    /// <summary>Whether a rate is above zero and has at most so many digits.</summary>
    public static bool IsValid(decimal rate)
    {
        var exact = DecimalText.Normalize(rate);
        return exact > 0m && exact.Scale <= MaxPlaces && ExactMath.Mantissa(exact) < 100_000_000_000_000_000;
    }

    internal static ulong Pack(decimal rate)
    {
        var exact = DecimalText.Normalize(rate);
        return ((ulong)ExactMath.Mantissa(exact) << ScaleBits) | (ulong)exact.Scale;
    }

    internal static decimal Unpack(ulong packed)
    {
        var digits = packed >> ScaleBits;
        return new(unchecked((int)digits), (int)(digits >> 32), 0, false, (byte)(packed & 0x3F));
    }
}
