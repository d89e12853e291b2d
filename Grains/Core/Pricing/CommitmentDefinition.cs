namespace OrleansBilling.Core.Pricing;

/// <summary>The least or the most that a subscription pays in a period, over all charges and before tax.</summary>
/// <param name="Amount">For a whole period; major units.</param>
/// <param name="Name">Of its line on the bill.</param>
/// <param name="Prorate">Whether a period in which the subscription was active for a part has the share of local days.</param>
/// <remarks>Rule: semantics, minimum commitment and maximum cap.</remarks>
public sealed record CommitmentDefinition(decimal Amount, string Name, bool Prorate)
{
    /// <summary>The id of the minimum's line.</summary>
    public const string MinimumId = "minimum";

    /// <summary>The id of the maximum's line.</summary>
    public const string MaximumId = "maximum";
}
