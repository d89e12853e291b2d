namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>Where an example was read.</summary>
/// <param name="Title">Of the page or file.</param>
/// <param name="Address">Where it was published.</param>
/// <param name="Seen">Which version: a date, a commit, or when the stored copy was read.</param>
public sealed record ExampleSource(string Title, string Address, string Seen);
