namespace OrleansBilling.Core.Taxation;

/// <summary>The codes of categories in documents.</summary>
public static class TaxCategories
{
    /// <summary>The code of UNTDID 5305, e.g. <c>AE</c>.</summary>
    public static string Code(this TaxCategory category) => category switch
    {
        TaxCategory.Standard => "S",
        TaxCategory.ZeroRated => "Z",
        TaxCategory.Exempt => "E",
        TaxCategory.ReverseCharge => "AE",
        TaxCategory.IntraCommunity => "K",
        TaxCategory.Export => "G",
        TaxCategory.OutsideScope => "O",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No such category."),
    };
}
