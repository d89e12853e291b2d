namespace OrleansBilling.Documents;

/// <summary>A postal address, BG-5 of the seller or BG-8 of the buyer. How its parts are ordered is up to the country.</summary>
public sealed record PostalAddress
{
    /// <summary>ISO 3166-1 alpha-2, e.g. <c>DE</c> (BT-40, BT-55).</summary>
    public required string CountryCode { get; init; }

    /// <summary>Street, number, box and the like, at most three lines (BT-35, BT-36 and BT-162; BT-50, BT-51, BT-163).</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>BT-37, BT-52.</summary>
    public string? City { get; init; }

    /// <summary>BT-38, BT-53.</summary>
    public string? PostalCode { get; init; }

    /// <summary>State, province or prefecture (BT-39, BT-54).</summary>
    public string? Region { get; init; }
}
