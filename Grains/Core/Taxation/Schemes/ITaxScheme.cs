namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>How a country, or a union of countries, taxes supplies. Implementations have no state.</summary>
internal interface ITaxScheme
{
    /// <summary>Name of its main tax, for what is not taxed at all.</summary>
    string Tax { get; }

    /// <summary>Ids of all rules it may answer with; each of them is in a data file.</summary>
    IReadOnlyList<string> Rules { get; }

    /// <summary>Whether the state or province of a place in the country has to be known for what a seller sells.</summary>
    bool NeedsRegion(TaxSeller seller) => false;

    /// <summary>Seller and place of the supply are both of this scheme.</summary>
    Decision Domestic(Supply supply);

    /// <summary>The place is of this scheme, the seller is not.</summary>
    Decision Inbound(Supply supply);

    /// <summary>The seller is of this scheme, the place is not, and the seller owes nothing there.</summary>
    Decision Outbound(Supply supply);
}
