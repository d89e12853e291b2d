using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A usage event of a case.</summary>
/// <param name="Place">A dimension that every event has.</param>
/// <param name="Kind">A dimension that some events lack: then it is empty.</param>
/// <param name="Session">A dimension whose different values some meters count.</param>
/// <param name="Device">What reports it.</param>
/// <param name="Late">Whether it comes when its period is billed already.</param>
internal sealed record OracleEvent(Instant Time, string Meter, decimal Value, string Place, string Kind, string Session, string Device, bool Late)
{
    internal KeyValuePair<string, string>[] Dimensions => Kind.Length == 0
        ? [new("place", Place), new("session", Session)]
        : [new("kind", Kind), new("place", Place), new("session", Session)];

    internal bool Fits(WhereClause clause) =>
        Dimensions.Any(d => d.Key == clause.Dimension && clause.Values.Contains(d.Value));
}
