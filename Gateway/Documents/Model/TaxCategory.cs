namespace OrleansBilling.Documents;

/// <summary>VAT category, BT-95, BT-102, BT-118 and BT-151 of EN 16931 (the part of UNTDID 5305 it allows).</summary>
public enum TaxCategory
{
    /// <summary><c>S</c>: a rate above zero.</summary>
    Standard,

    /// <summary><c>Z</c>: taxed at zero per cent.</summary>
    ZeroRated,

    /// <summary><c>E</c>: exempt; a reason is needed (BR-E-10).</summary>
    Exempt,

    /// <summary><c>AE</c>: reverse charge, the buyer owes the tax (Directive 2006/112/EC Art. 194, 196 and 226(11a)).</summary>
    ReverseCharge,

    /// <summary><c>K</c>: intra-community supply of goods (Directive 2006/112/EC Art. 138).</summary>
    IntraCommunity,

    /// <summary><c>G</c>: export outside the Union (Directive 2006/112/EC Art. 146).</summary>
    Export,

    /// <summary><c>O</c>: outside the scope of VAT; it has no rate.</summary>
    OutsideScope,

    /// <summary><c>L</c>: general indirect tax of the Canary Islands (IGIC).</summary>
    CanaryIslands,

    /// <summary><c>M</c>: tax of Ceuta and Melilla (IPSI).</summary>
    CeutaAndMelilla,
}
