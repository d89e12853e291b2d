namespace OrleansBilling.Documents;

/// <summary>A line, BG-25.</summary>
public sealed record DocumentLine
{
    /// <summary>Unique in the document, e.g. <c>1</c> (BT-126).</summary>
    public required string Id { get; init; }

    /// <summary>What is sold, in the document's language (BT-153).</summary>
    public required string Name { get; init; }

    /// <summary>More about it (BT-154): on pages a smaller line below the name.</summary>
    public string? Description { get; init; }

    /// <summary>How the amount came about, tier by tier, in the document's language: on pages one small line each. Not
    /// part of the e-invoice.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Device, tag, site or plan the line belongs to: lines of one group that follow each other get a heading
    /// and a subtotal on pages. Null where lines are not grouped. In the e-invoice it is an item attribute (BG-32).</summary>
    public string? Group { get; init; }

    /// <summary>Billed quantity (BT-129), exact; negative where usage was taken back.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>UN/ECE Recommendation 20 or 21 (BT-130), e.g. <c>C62</c> one, <c>KWH</c>, <c>4L</c> megabyte, <c>MON</c>
    /// month, <c>E34</c> gigabyte.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Net price of <see cref="PriceBaseQuantity"/> units (BT-146), not rounded, never negative (BR-27). Null
    /// where several prices were used (tiers, packages, minimum): pages show none, and the e-invoice states the amount
    /// for the whole quantity, so that quantity times price still gives the line.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Units the price is for, above zero (BT-149).</summary>
    public decimal PriceBaseQuantity { get; init; } = 1m;

    /// <summary>Line total without VAT, rounded to the currency (BT-131): price times quantity, less the allowances,
    /// plus the charges of the line.</summary>
    public required decimal NetAmount { get; init; }

    /// <summary>BG-26.</summary>
    public DatePeriod? Period { get; init; }

    /// <summary>BG-30.</summary>
    public required TaxClass Tax { get; init; }

    /// <summary>BG-27 and BG-28, already in the net amount.</summary>
    public IReadOnlyList<AllowanceOrCharge> AllowancesAndCharges { get; init; } = [];

    /// <summary>Seller's number of what is sold, e.g. the id of the charge (BT-155).</summary>
    public string? SellerItemId { get; init; }

    /// <summary>Buyer's account to book it on (BT-133).</summary>
    public string? BuyerAccountingReference { get; init; }
}
