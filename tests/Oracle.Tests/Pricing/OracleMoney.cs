using System.Numerics;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Minor units of the currencies that cases have, written out again from ISO 4217.</summary>
internal static class OracleMoney
{
    internal static Rational MinorUnits(string currency) => currency switch
    {
        "JPY" or "CLP" => 1,
        "EUR" or "USD" or "INR" => 100,
        "KWD" => 1000,
        _ => throw new ArgumentException($"No case has the currency {currency}."),
    };

    /// <summary>Once, as the plan says.</summary>
    internal static BigInteger Round(PlanDefinition plan, Rational amount) =>
        (amount * MinorUnits(plan.Currency)).Round(plan.Rounding);
}
