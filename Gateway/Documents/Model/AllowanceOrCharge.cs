namespace OrleansBilling.Documents;

/// <summary>A discount or a surcharge, on a line (BG-27, BG-28) or on the document (BG-20, BG-21).</summary>
public sealed record AllowanceOrCharge
{
    /// <summary>False for an allowance, which lowers the amount; true for a charge, which raises it.</summary>
    public required bool IsCharge { get; init; }

    /// <summary>Without VAT, never negative (BT-92, BT-99, BT-136, BT-141).</summary>
    public required decimal Amount { get; init; }

    /// <summary>What the percentage was taken of (BT-93, BT-100, BT-137, BT-142).</summary>
    public decimal? BaseAmount { get; init; }

    /// <summary>10 for ten per cent (BT-94, BT-101, BT-138, BT-143).</summary>
    public decimal? Percentage { get; init; }

    /// <summary>For people, in the document's language (BT-97, BT-104, BT-139, BT-144).</summary>
    public required string Reason { get; init; }

    /// <summary>UNTDID 5189 of an allowance, 7161 of a charge (BT-98, BT-105, BT-140, BT-145).</summary>
    public string? ReasonCode { get; init; }

    /// <summary>How it is taxed (BT-95 and BT-96, BT-102 and BT-103): needed on the document, ignored on a line, which
    /// has one for all of it.</summary>
    public TaxClass? Tax { get; init; }
}
