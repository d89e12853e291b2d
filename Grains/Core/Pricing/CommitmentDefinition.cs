using System.Text.Json.Serialization;

namespace OrleansBilling.Core.Pricing;

/// <summary>The least or the most that a subscription pays in a period, over all charges and before tax.</summary>
/// <param name="Amount">For a whole period; major units.</param>
/// <param name="Name">Of its line on the bill.</param>
/// <param name="Prorate">Whether a period in which the subscription was active for a part has the share of local days.</param>
/// <remarks>Rule: semantics, minimum commitment and maximum cap.</remarks>
public sealed record CommitmentDefinition(decimal Amount, string Name, bool Prorate)
{
    /// <summary>Of a maximum: whether reservations of quota end at it. Usage that was not reserved is taken all the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Block { get; init; }

    /// <summary>The id of the minimum's line.</summary>
    public const string MinimumId = "minimum";

    /// <summary>The id of the maximum's line.</summary>
    public const string MaximumId = "maximum";
}
