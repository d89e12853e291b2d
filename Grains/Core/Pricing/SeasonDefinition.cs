using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>A part of every year, both days included; it may run over the end of the year (November to
/// March).</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record SeasonDefinition(AnnualDate From, AnnualDate To)
{
    /// <summary>Whether a day lies in the season.</summary>
    public bool Contains(LocalDate date)
    {
        var day = new AnnualDate(date.Month, date.Day);
        return From <= To ? day >= From && day <= To : day >= From || day <= To;
    }
}
