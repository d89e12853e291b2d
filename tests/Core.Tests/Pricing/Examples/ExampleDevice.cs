namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>A device, with the first instant at which it is there and the first at which it is not, where these lie within the period.</summary>
public sealed record ExampleDevice(string Id, Instant? From, Instant? Until);
