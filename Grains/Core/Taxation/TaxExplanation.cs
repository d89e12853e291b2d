namespace OrleansBilling.Core.Taxation;

/// <summary>Where a tax comes from, for people who ask.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Text">What the rule says, in one English sentence.</param>
/// <param name="RuleSource">The law or publication, with article or section.</param>
/// <param name="RateSource">Where the rate was published; null where there is no rate.</param>
public sealed record TaxExplanation(string Rule, string Text, string RuleSource, string? RateSource);
