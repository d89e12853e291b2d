namespace OrleansBilling.Core.Taxation;

/// <summary>What kind of taxation an amount has: the codes of UNTDID 5305 that EN 16931 uses for VAT.</summary>
/// <remarks>Source: EN 16931-1, BT-151 and BT-118, rules BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G and BR-O. Sales taxes and GST use the same
/// codes, as Peppol's international model does.</remarks>
public enum TaxCategory
{
    /// <summary><c>S</c>: taxed at a rate above zero.</summary>
    Standard = 0,

    /// <summary><c>Z</c>: taxable at the rate zero.</summary>
    ZeroRated = 1,

    /// <summary><c>E</c>: exempt, with a reason.</summary>
    Exempt = 2,

    /// <summary><c>AE</c>: the buyer owes the tax; nothing is charged.</summary>
    ReverseCharge = 3,

    /// <summary><c>K</c>: goods supplied within the EU to a business of another member state.</summary>
    IntraCommunity = 4,

    /// <summary><c>G</c>: an export, free of tax.</summary>
    Export = 5,

    /// <summary><c>O</c>: outside the scope of the tax, such as a service whose place is abroad.</summary>
    OutsideScope = 6,
}
