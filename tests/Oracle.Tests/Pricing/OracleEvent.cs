using NodaTime;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A usage event of a case.</summary>
internal sealed record OracleEvent(Instant Time, string Meter, decimal Value, string Place, bool Late);
