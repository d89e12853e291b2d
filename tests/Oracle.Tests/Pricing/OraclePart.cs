using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The part of a period that one stage of a subscription has.</summary>
/// <param name="IsFirst">Whether the subscription begins with its stage.</param>
/// <param name="IsLast">Whether the subscription ends with its stage, or runs on in it.</param>
/// <param name="IsAlone">Whether the period has no other part.</param>
internal sealed record OraclePart(Case Given, OracleStage Stage, OraclePeriod Period, bool IsFirst, bool IsLast, bool IsAlone)
{
    internal PlanDefinition Plan => Stage.Plan;

    /// <summary>First instant that belongs to it.</summary>
    internal Instant From => Stage.From > Period.Start ? Stage.From : Period.Start;

    /// <summary>First instant that no longer does.</summary>
    internal Instant To => Stage.To < Period.End ? Stage.To : Period.End;

    /// <summary>Whether one-time charges of the subscription are due.</summary>
    internal bool Begins => Stage.Begins && Period.Holds(Stage.From);

    internal DateOnly FirstDay => Stage.From > Period.Start ? Given.Clock.DayAt(Stage.From) : Period.From;

    internal DateOnly LastDay => Stage.To < Period.End ? Given.Clock.DayAt(Stage.To) : Period.To;

    /// <summary>Local days in force: the day it begins counts, the day it ends does not.</summary>
    internal int Days => Math.Max(0, LastDay.DayNumber - FirstDay.DayNumber);

    /// <summary>Whether it ran at any time outside of pauses, which are counted in whole seconds.</summary>
    internal bool IsActive => Given.Pauses.Count == 0 ? From < To : Seconds > 0;

    /// <summary>Share of the period's days, without those of pauses; the whole where it did not run at all.</summary>
    internal Rational Share => IsActive ? new Rational(Days - Given.Pauses.Sum(PausedDays), Period.Days) : 1;

    /// <summary>Elapsed seconds outside of pauses; fractions of a second are cut at each end.</summary>
    internal long Seconds => Since(To) - Since(From) - Given.Pauses.Sum(p => Math.Max(
        0, Since(p.To < To ? p.To : To) - Since(p.From > From ? p.From : From)));

    internal long PeriodSeconds => Since(Period.End);

    internal bool Holds(Instant time) => time >= From && time < To;

    /// <summary>Those of all stages that have some of the period, in the order of time.</summary>
    internal static IReadOnlyList<OraclePart> Of(Case given, IReadOnlyList<OracleStage> stages, OraclePeriod period)
    {
        OracleStage[] some = [.. stages.Where(s => s.From < period.End && s.To > period.Start)];
        return [.. some.Select(s => new OraclePart(given, s, period, s == stages[0], s == stages[^1], some.Length == 1))];
    }

    private int PausedDays(Pause pause)
    {
        var from = pause.From > From ? Given.Clock.DayAt(pause.From) : FirstDay;
        var to = pause.To < To ? Given.Clock.DayAt(pause.To) : LastDay;
        return Math.Max(0, to.DayNumber - from.DayNumber);
    }

    private long Since(Instant time) => (time - Period.Start).BclCompatibleTicks / NodaConstants.TicksPerSecond;
}
