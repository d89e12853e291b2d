namespace OrleansBilling.Core.Pricing;

/// <summary>
/// A table that turns one dimension of an event into another, such as a network code into a zone, before any charge sees the event.
/// </summary>
/// <param name="Dimension">What is set; it replaces what the event says itself.</param>
/// <param name="From">What is looked up. An event without it is left as it is.</param>
/// <param name="Match">How a key fits.</param>
/// <param name="Values">Keys and what they become, in the order of the plan; compared exactly, with capital letters.</param>
/// <param name="Otherwise">What becomes of a value that no key fits; null leaves the event as it is.</param>
public sealed record LookupDefinition(
    string Dimension, string From, LookupMatch Match, IReadOnlyList<KeyValuePair<string, string>> Values, string? Otherwise);
