using System.Numerics;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What a line of the bill comes to in a period: exactly, and in minor units.</summary>
internal readonly record struct OracleLine(string Id, Rational Quantity, Rational Exact, BigInteger MinorUnits);
