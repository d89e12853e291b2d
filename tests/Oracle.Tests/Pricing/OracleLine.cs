using System.Numerics;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What a line of the bill comes to in a part of a period: exactly, and in minor units.</summary>
/// <param name="Edge">What was rounded, where it is another amount.</param>
/// <param name="IsDue">Whether there is a line at all.</param>
internal readonly record struct OracleLine(
    string Id, Rational Quantity, Rational Exact, BigInteger MinorUnits, Rational? Edge = null, bool IsDue = true);
