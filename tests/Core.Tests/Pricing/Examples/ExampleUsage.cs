using NodaTime;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>Usage of one meter at one instant.</summary>
public sealed record ExampleUsage(
    string Meter, string Device, Instant Time, decimal Value, IReadOnlyList<KeyValuePair<string, string>> Dimensions);
