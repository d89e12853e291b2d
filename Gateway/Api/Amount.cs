using System.Globalization;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Api;

/// <summary>Amounts as text.</summary>
internal static class Amount
{
    /// <summary>With every digit of the currency's minor unit; more digits only where the amount has them.</summary>
    public static string Format(decimal amount, string currency)
    {
        var digits = Currency.TryParse(currency, out var known) ? known.MinorUnitDigits : 0;
        var exact = DecimalText.Normalize(amount);
        return exact.ToString(
            "F" + Math.Max(digits, exact.Scale).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
