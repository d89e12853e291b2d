namespace OrleansBilling.Core.Usage;

/// <summary>What a meter does with one dimension of an event before any plan sees it: derives it, bounds its values, or both.</summary>
/// <param name="Name">Of the dimension; what is derived replaces what the event says itself.</param>
/// <param name="Value">An expression that comes to a text; null: the event says it.</param>
/// <param name="Values">The values that are told apart; every other one becomes <paramref name="Otherwise"/>. Null: all are.</param>
/// <param name="Otherwise">The bucket of all other values; null: <see cref="Other"/>.</param>
public sealed record DimensionRule(
    string Name, string? Value = null, IReadOnlyList<string>? Values = null, string? Otherwise = null)
{
    /// <summary>The bucket of all other values where a rule gives none.</summary>
    public const string Other = "other";

    /// <summary>Most rules of a meter: as many as dimensions of an event.</summary>
    public const int MaxRules = 16;

    /// <summary>Most values that a rule tells apart.</summary>
    public const int MaxValues = 10_000;
}
