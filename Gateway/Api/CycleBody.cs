using OrleansBilling.Core.Periods;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A length in calendar units.</summary>
internal sealed class CycleBody
{
    /// <summary>day, week, month or year.</summary>
    [MaxText(10)]
    public required string Unit { get; set; }

    /// <summary>1 to 1,000; 1 when left out.</summary>
    public int? Count { get; set; }

    /// <param name="code">Of the problem where there is no such unit.</param>
    /// <param name="pointer">Of the unit in the request.</param>
    /// <exception cref="ProblemException">There is no such unit.</exception>
    public BillingCycle ToCycle(string code, string pointer) => new(
        Unit switch
        {
            "day" => CycleUnit.Day,
            "week" => CycleUnit.Week,
            "month" => CycleUnit.Month,
            "year" => CycleUnit.Year,
            _ => throw new ProblemException(Problem.Invalid(code, "Give 'day', 'week', 'month' or 'year'.", pointer)),
        },
        Count ?? 1);
}
