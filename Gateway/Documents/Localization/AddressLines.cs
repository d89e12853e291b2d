namespace OrleansBilling.Documents.Localization;

/// <summary>Writes an address as its country does: where the postal code stands, and whether the largest part comes first.</summary>
/// <remarks>Source: addressing guides of the Universal Postal Union (S42), for the countries named; others write the
/// postal code before the city, as most of the world does.</remarks>
internal static class AddressLines
{
    /// <param name="address">To be written.</param>
    /// <param name="format">For the country's name.</param>
    /// <param name="homeCountry">The country is left out where it is this one.</param>
    public static IReadOnlyList<string> Of(PostalAddress address, LocaleFormat format, string homeCountry)
    {
        List<string?> lines = address.CountryCode switch
        {
            "US" or "CA" or "AU" or "PR" =>
                [.. address.Lines, Joined(" ", Joined(IsComma(address) ? ", " : " ", address.City, address.Region), address.PostalCode)],
            "GB" or "IE" or "GG" or "JE" or "IM" =>
                [.. address.Lines, address.City, address.Region, address.PostalCode],
            "JP" when format.Tag.Language == "ja" =>
                [address.PostalCode is { } code ? $"〒{code}" : null, Joined("", address.Region, address.City), .. address.Lines],
            "CN" or "TW" when format.Tag.Language == "zh" =>
                [address.PostalCode, Joined("", [address.Region, address.City, .. address.Lines])],
            "BR" =>
                [.. address.Lines, Joined(" - ", address.City, address.Region), address.PostalCode],
            "IN" or "SG" or "NZ" or "ZA" or "KR" or "JP" or "TW" or "TH" or "ID" or "PH" or "SA" =>
                [.. address.Lines, Joined(", ", Joined(" ", address.City, address.PostalCode), address.Region)],
            "IT" =>
                [.. address.Lines, Joined(" ", address.PostalCode, address.City, address.Region is { } province ? $"({province})" : null)],
            "ES" or "MX" or "AR" or "CN" =>
                [.. address.Lines, Joined(", ", Joined(" ", address.PostalCode, address.City), address.Region)],
            _ => [.. address.Lines, Joined(" ", address.PostalCode, address.City), RegionWhereNeeded(address)],
        };
        if (address.CountryCode != homeCountry)
        {
            lines.Add(format.Country(address.CountryCode));
        }

        return [.. lines.Where(line => !string.IsNullOrWhiteSpace(line))!];
    }

    private static bool IsComma(PostalAddress address) => address.CountryCode is "US" or "PR";

    /// <summary>In Europe the postal code says it.</summary>
    private static string? RegionWhereNeeded(PostalAddress address) => address.CountryCode
        is "AT" or "BE" or "CH" or "CZ" or "DE" or "DK" or "FI" or "FR" or "LI" or "LU" or "NL" or "NO" or "PL" or "PT" or "SE" or "SK"
        ? null
        : address.Region;

    private static string? Joined(string separator, params IEnumerable<string?> parts)
    {
        var present = parts.Where(part => !string.IsNullOrWhiteSpace(part)).ToList();
        return present.Count == 0 ? null : string.Join(separator, present);
    }
}
