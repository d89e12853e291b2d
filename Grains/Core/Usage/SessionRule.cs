namespace OrleansBilling.Core.Usage;

/// <summary>Makes a meter one of sessions: its records are starts, interim readings and stops.</summary>
/// <param name="Reports"><c>duration</c>: values do not matter, the seconds count; <c>delta</c>: a value is what was used since the
/// record before; <c>total</c>: what was used since the session began; <c>register</c>: a counter that runs on over sessions, of which
/// the first record is the base.</param>
/// <param name="Id">The dimension that names the session.</param>
/// <param name="Phase">The dimension that says <c>start</c>, <c>interim</c> (also when it is missing) or <c>stop</c>.</param>
/// <param name="TimeoutSeconds">A longer time between two records is no part of the session: it has no duration, and what was used is
/// used at its end. Null: any time is.</param>
public sealed record SessionRule(
    string Reports = SessionRule.Total, string Id = "session", string Phase = "phase", int? TimeoutSeconds = null)
{
    internal const string Duration = "duration";
    internal const string Delta = "delta";
    internal const string Total = "total";
    internal const string Register = "register";
}
