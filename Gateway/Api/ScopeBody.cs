using OrleansBilling.Core.Balances;

namespace OrleansBilling.Gateway.Api;

/// <summary>Which lines of a bill money may pay; all of what is given must fit.</summary>
internal sealed class ScopeBody
{
    /// <summary>Ids of charges.</summary>
    public string[]? Charges { get; set; }

    /// <summary>Ids of meters.</summary>
    public string[]? Meters { get; set; }

    /// <summary>Values by dimension: charges fit whose <c>where</c> lets no others through.</summary>
    public Dictionary<string, string[]>? Dimensions { get; set; }

    public CreditScope ToScope() => new(
        Charges, Meters, Dimensions?.ToDictionary(d => d.Key, d => (IReadOnlyList<string>)d.Value, StringComparer.Ordinal));
}
