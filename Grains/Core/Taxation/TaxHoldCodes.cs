namespace OrleansBilling.Core.Taxation;

/// <summary>Codes of holds; documented in docs/taxation.md.</summary>
public static class TaxHoldCodes
{
    /// <summary>The buyer has no country.</summary>
    public const string BuyerCountryMissing = "tax.buyer_country_missing";

    /// <summary>The country taxes by state or province, and the buyer's is not known.</summary>
    public const string RegionMissing = "tax.region_missing";

    /// <summary>The data has no such state or province.</summary>
    public const string RegionUnknown = "tax.region_unknown";

    /// <summary>There are no rules for a country.</summary>
    public const string NoRules = "tax.no_rules";

    /// <summary>The place has rules of its own which the data does not have.</summary>
    public const string SpecialTerritory = "tax.special_territory";

    /// <summary>Tax is due there, and the seller has no registration to charge it with.</summary>
    public const string SellerNotRegistered = "tax.seller_not_registered";

    /// <summary>No data file knows the class of product.</summary>
    public const string ClassUnknown = "tax.class_unknown";

    /// <summary>The class is known, but not its taxation in this place.</summary>
    public const string ClassNotCovered = "tax.class_not_covered";

    /// <summary>This kind of supply between these two places is not covered, such as goods sent abroad.</summary>
    public const string SupplyNotCovered = "tax.supply_not_covered";

    /// <summary>The buyer's tax number is malformed, of another country, or refused by its register, and the taxation depends on it.</summary>
    public const string TaxNumberInvalid = "tax.tax_number_invalid";

    /// <summary>A business without a tax number, where the taxation depends on it.</summary>
    public const string TaxNumberMissing = "tax.tax_number_missing";

    /// <summary>The data does not reach back to, or is too old for, the tax point.</summary>
    public const string OutsideData = "tax.outside_data";

    /// <summary>A rate changes within the supply, or between invoice and supply, and the law has no one answer: give a tax
    /// point.</summary>
    public const string RateChange = "tax.rate_change";

    /// <summary>An amount is too large to calculate exactly.</summary>
    public const string AmountTooLarge = "tax.amount_too_large";

    /// <summary>What an external calculator answered contradicts itself or the request.</summary>
    public const string ExternalAnswerInvalid = "tax.external_answer_invalid";

    /// <summary>An external calculator did not answer.</summary>
    public const string ExternalUnavailable = "tax.external_unavailable";

    /// <summary>The tax has to be shown in another currency, and no exchange rate of the source is known for the day.</summary>
    public const string NoExchangeRate = "tax.no_exchange_rate";
}
