namespace OrleansBilling.Documents.Ubl;

/// <summary>By which specification an e-invoice is written.</summary>
/// <param name="CustomizationId">Specification identifier (BT-24).</param>
/// <param name="ProfileId">Business process (BT-23); null for none.</param>
public sealed record UblProfile(string CustomizationId, string? ProfileId = null)
{
    /// <summary>EN 16931 itself.</summary>
    public static UblProfile En16931 { get; } = new("urn:cen.eu:en16931:2017");

    /// <summary>Peppol BIS Billing 3.0. Its own rules, e.g. electronic addresses of both parties and a buyer reference or order,
    /// are not checked here.</summary>
    public static UblProfile PeppolBilling3 { get; } = new(
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
}
