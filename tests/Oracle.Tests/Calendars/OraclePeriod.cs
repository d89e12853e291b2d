using NodaTime;

namespace OrleansBilling.Oracle.Calendars;

/// <summary>A billing period: local days, the last one excluded, and the instants at which they begin.</summary>
internal sealed record OraclePeriod(int Index, DateOnly From, DateOnly To, Instant Start, Instant End)
{
    internal int Days => To.DayNumber - From.DayNumber;

    internal bool Holds(Instant time) => time >= Start && time < End;
}
