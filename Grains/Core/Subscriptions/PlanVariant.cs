using System.Globalization;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>Names what a subscription has of a plan version: one of its phases, agreed terms, both, or neither.</summary>
public static class PlanVariant
{
    private const char Separator = ':';

    /// <summary>The name; null for the plan as published.</summary>
    /// <param name="phase">Index of the phase.</param>
    /// <param name="agreed">Key of the agreed terms, which are hexadecimal digits.</param>
    public static string? Of(int? phase, string? agreed) =>
        phase is { } index ? string.Create(CultureInfo.InvariantCulture, $"{index}{Separator}{agreed}") : agreed;

    /// <summary>The parts of a name.</summary>
    public static (int? Phase, string? Agreed) Parse(string? variant) =>
        variant?.IndexOf(Separator, StringComparison.Ordinal) is { } at and >= 0
            ? (int.Parse(variant.AsSpan(0, at), CultureInfo.InvariantCulture), at + 1 < variant.Length ? variant[(at + 1)..] : null)
            : (null, variant);
}
