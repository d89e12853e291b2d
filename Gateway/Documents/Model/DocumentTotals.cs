namespace OrleansBilling.Documents;

/// <summary>Document totals, BG-22, each in the document's currency and rounded to it, unless it says otherwise.</summary>
public sealed record DocumentTotals
{
    /// <summary>BT-106: sum of the lines' net amounts (BR-CO-10).</summary>
    public required decimal LineTotal { get; init; }

    /// <summary>BT-107: sum of the document's allowances (BR-CO-11).</summary>
    public decimal AllowanceTotal { get; init; }

    /// <summary>BT-108: sum of the document's charges (BR-CO-12).</summary>
    public decimal ChargeTotal { get; init; }

    /// <summary>BT-109: lines less allowances plus charges (BR-CO-13).</summary>
    public required decimal TaxExclusive { get; init; }

    /// <summary>BT-110: sum of the VAT breakdown (BR-CO-14).</summary>
    public required decimal Tax { get; init; }

    /// <summary>BT-111: <see cref="Tax"/> in <see cref="BillingDocument.TaxCurrency"/>; null without one (BR-53).</summary>
    public decimal? TaxInTaxCurrency { get; init; }

    /// <summary>BT-112: <see cref="TaxExclusive"/> plus <see cref="Tax"/> (BR-CO-15).</summary>
    public required decimal TaxInclusive { get; init; }

    /// <summary>BT-113: paid already, e.g. from a wallet.</summary>
    public decimal Prepaid { get; init; }

    /// <summary>BT-114: added to make the amount due payable, e.g. in cash of five centimes.</summary>
    public decimal Rounding { get; init; }

    /// <summary>BT-115: what is to be paid (BR-CO-16), or credited.</summary>
    public required decimal Due { get; init; }
}
