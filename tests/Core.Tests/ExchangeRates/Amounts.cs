using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Core.Tests.ExchangeRates;

/// <summary>Short ways to say what a test needs.</summary>
internal static class Amounts
{
    public static string Text(decimal value) => DecimalText.Format(value);

    public static Money Of(decimal amount, string currency) =>
        Money.FromExact(amount, Currency.FromCode(currency), LineRounding.HalfAwayFromZero);

    public static ExchangeRate Rate(string from, string to, decimal fromPerBase, decimal toPerBase) => new(
        Currency.FromCode(from), Currency.FromCode(to), Currency.FromCode("EUR"), fromPerBase, toPerBase, new LocalDate(2024, 6, 28), "ECB");
}
