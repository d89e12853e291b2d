using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents;

/// <summary>Codes and wording of VAT categories.</summary>
internal static class TaxCategories
{
    /// <summary>UNTDID 5305.</summary>
    public static string Code(TaxCategory category) => category switch
    {
        TaxCategory.Standard => "S",
        TaxCategory.ZeroRated => "Z",
        TaxCategory.Exempt => "E",
        TaxCategory.ReverseCharge => "AE",
        TaxCategory.IntraCommunity => "K",
        TaxCategory.Export => "G",
        TaxCategory.OutsideScope => "O",
        TaxCategory.CanaryIslands => "L",
        TaxCategory.CeutaAndMelilla => "M",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No VAT category."),
    };

    /// <summary>Whether a reason must be given (BR-E-10, BR-AE-10, BR-IC-10, BR-G-10, BR-O-10).</summary>
    public static bool NeedsReason(TaxCategory category) => ReasonKey(category) is not null;

    /// <summary>Whether tax can be charged.</summary>
    public static bool IsTaxed(TaxCategory category) =>
        category is TaxCategory.Standard or TaxCategory.CanaryIslands or TaxCategory.CeutaAndMelilla;

    /// <summary>Key of what a category without tax is called; null of one with.</summary>
    public static string? NameKey(TaxCategory category) => category switch
    {
        TaxCategory.ZeroRated => "category.zeroRated",
        TaxCategory.Exempt => "category.exempt",
        TaxCategory.ReverseCharge => "category.reverseCharge",
        TaxCategory.IntraCommunity => "category.intraCommunity",
        TaxCategory.Export => "category.export",
        TaxCategory.OutsideScope => "category.outsideScope",
        _ => null,
    };

    /// <summary>BT-120 of a row: its own, else the wording of the language; null where none is needed.</summary>
    public static string? Reason(TaxSubtotal row, DocumentTexts texts) =>
        row.ExemptionReason ?? (ReasonKey(row.Tax.Category) is { } key ? texts[key] : null);

    /// <summary>BT-121 of a row: its own, else the one the category implies. Source: VATEX list of the Connecting Europe
    /// Facility.</summary>
    public static string? ReasonCode(TaxSubtotal row) => row.ExemptionReasonCode ?? row.Tax.Category switch
    {
        TaxCategory.ReverseCharge => "VATEX-EU-AE",
        TaxCategory.IntraCommunity => "VATEX-EU-IC",
        TaxCategory.Export => "VATEX-EU-G",
        TaxCategory.OutsideScope => "VATEX-EU-O",
        _ => null,
    };

    private static string? ReasonKey(TaxCategory category) => category switch
    {
        TaxCategory.Exempt => "reason.exempt",
        TaxCategory.ReverseCharge => "reason.reverseCharge",
        TaxCategory.IntraCommunity => "reason.intraCommunity",
        TaxCategory.Export => "reason.export",
        TaxCategory.OutsideScope => "reason.outsideScope",
        _ => null,
    };
}
