namespace OrleansBilling.Core.Pricing;

/// <summary>What leaving before the end of the term costs: a line of its own. Exactly one of amount and percent is set.</summary>
/// <param name="Name">Of the line.</param>
/// <param name="Amount">Major units.</param>
/// <param name="Percent">0 to 100, of the recurring fees of the subscription from the end to that of the term; fees per device are not
/// among them.</param>
public sealed record TerminationFeeDefinition(string Name, decimal? Amount, decimal? Percent)
{
    /// <summary>The id of the line.</summary>
    public const string Id = "earlyTermination";
}
